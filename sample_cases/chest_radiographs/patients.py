"""Who was examined, and how: six invented patients and their studies."""

from __future__ import annotations

from dataclasses import dataclass

from sample_cases.chest_radiographs.anatomy import Anatomy, Lesion, LesionKind

RIGHT, LEFT = -1, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One radiograph: ``file`` below ``images/``, the accession number and how it is written."""

    patient: str
    accession: str
    file: str
    taken: str
    sex: str
    age: str
    anatomy: Anatomy
    view: str = "PA"
    modality: str = "DX"
    monochrome: int = 2


_CONSOLIDATION = Lesion(
    kind=LesionKind.CONSOLIDATION, side=RIGHT, size_mm=34.0, center_mm=(-74.0, 28.0, 226.0)
)
_NODULE = Lesion(kind=LesionKind.NODULE, side=RIGHT, size_mm=13.0, center_mm=(-66.0, -8.0, 128.0))

CT_PATIENT = Anatomy(seed=4, width=0.95, fat_mm=10.0, lesions=(_NODULE,))

STUDIES = (
    Study(
        patient="CB-0001",
        accession="A26-1001",
        file="CB-0001_chest_pa.dcm",
        taken="2026-01-12T09:14:00",
        sex="M",
        age="034Y",
        anatomy=Anatomy(seed=1),
    ),
    Study(
        patient="CB-0002",
        accession="A26-1002",
        file="CB-0002_chest_pa.dcm",
        taken="2026-01-12T10:02:00",
        sex="F",
        age="058Y",
        modality="CR",
        monochrome=1,
        anatomy=Anatomy(seed=2, width=0.96, fat_mm=20.0, breasts=True, lesions=(_CONSOLIDATION,)),
    ),
    Study(
        patient="CB-0002",
        accession="A26-1047",
        file="CB-0002_chest_pa_followup.png",
        taken="2026-02-09T08:31:00",
        sex="F",
        age="058Y",
        anatomy=Anatomy(seed=2, width=0.96, fat_mm=20.0, breasts=True),
    ),
    Study(
        patient="CB-0003",
        accession="A26-1003",
        file="CB-0003_chest_pa.png",
        taken="2026-01-13T16:45:00",
        sex="M",
        age="071Y",
        anatomy=Anatomy(
            seed=3, heart=1.06, lesions=(Lesion(kind=LesionKind.EFFUSION, side=LEFT, size_mm=88.0),)
        ),
    ),
    Study(
        patient="CB-0004",
        accession="A26-1004",
        file="CB-0004_chest_pa.dcm",
        taken="2026-01-14T11:20:00",
        sex="F",
        age="066Y",
        anatomy=CT_PATIENT,
    ),
    Study(
        patient="CB-0005",
        accession="A26-1005",
        file="CB-0005_chest_pa.dcm",
        taken="2026-01-14T13:05:00",
        sex="M",
        age="079Y",
        anatomy=Anatomy(seed=5, width=1.02, heart=1.3, pacemaker=True),
    ),
    Study(
        patient="CB-0006",
        accession="A26-1006",
        file="CB-0006_chest_pa.dcm",
        taken="2026-01-15T02:37:00",
        sex="M",
        age="022Y",
        modality="CR",
        anatomy=Anatomy(
            seed=6,
            width=0.93,
            height=1.06,
            heart=0.9,
            fat_mm=9.0,
            lesions=(Lesion(kind=LesionKind.PNEUMOTHORAX, side=LEFT, size_mm=26.0),),
        ),
    ),
)

CT_ACCESSION = "A26-1011"
CT_TAKEN = "2026-01-16T14:10:00"
CT_LEVELS_MM = (70.0, 98.0, 128.0, 150.0, 180.0, 215.0, 250.0, 290.0)
CT_FRAMES_MM = (122.0, 128.0, 134.0, 140.0)
