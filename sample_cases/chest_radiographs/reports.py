"""What was written about the patients: reports that agree with the pictures, and some that do not.

Which is which stands in ``expected.json``; a text never says it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One text: ``file`` below ``reports/`` and its title; ``mail`` holds sender, to, sent."""

    file: str
    title: str
    text: str
    mail: dict[str, str] = field(default_factory=dict)


def _header(patient: str, accession: str, date: str, examination: str) -> str:
    return f"Patient ID: {patient}\nAccession: {accession}\nDate: {date}\nExamination: {examination}\n\n"


_CHEST = "Chest radiograph, PA, erect"

LETTERS = (
    Letter(
        file="CB-0001_report.txt",
        title="Radiology report",
        text=_header("CB-0001", "A26-1001", "2026-01-12", _CHEST)
        + """INDICATION:
Pre-employment check. Never smoked. No cough, no fever.

FINDINGS:
Both lungs are clear and fully expanded. The left lung and the right lung show normal vascular markings.
The heart is of normal size. The aortic arch and the mediastinum are unremarkable.
No pleural effusion. No pneumothorax. The ribs and both clavicles are intact.

IMPRESSION:
Normal chest radiograph.""",
    ),
    Letter(
        file="CB-0002_report.docx",
        title="Radiology report",
        text=_header("CB-0002", "A26-1002", "2026-01-12", _CHEST)
        + """INDICATION:
Fever of 39.1 °C and productive cough for four days. Possible pneumonia.

FINDINGS:
There is a large airspace consolidation in the right lower lobe, reaching the right hemidiaphragm.
The left lung is clear. No pleural effusion on either side. No pneumothorax.
The cardiac silhouette is not enlarged.

IMPRESSION:
Right lower lobe pneumonia. A follow-up radiograph in four weeks is recommended to document
resolution.""",
    ),
    Letter(
        file="CB-0002_handover.eml",
        title="CB-0002, A26-1002: handover from the night team",
        text="""Dear colleagues,

the patient CB-0002 was admitted from the emergency department last night. The chest film (A26-1002)
shows a dense consolidation in the left lower lobe. The right lung is clear. She has no effusion.

Please continue the antibiotics started at 22:40 and repeat the blood count tomorrow. Her mother had
tuberculosis in the nineties; the patient herself was never treated for it.

With kind regards
Night team, ward 4""",
        mail={"sender": "night-team@hospital.example", "sent": "2026-01-13T06:50:00+01:00"},
    ),
    Letter(
        file="CB-0002_followup.txt",
        title="Radiology report",
        text=_header("CB-0002", "A26-1047", "2026-02-09", _CHEST)
        + """COMPARISON:
Chest radiograph of 2026-01-12 (A26-1002).

FINDINGS:
The consolidation in the right lower lobe seen in January has completely resolved. Both lungs are
now clear.
No new opacity. No pleural effusion. Heart and mediastinum are unchanged.

IMPRESSION:
Resolved right lower lobe pneumonia. No further follow-up is necessary.""",
    ),
    Letter(
        file="CB-0003_report.pdf",
        title="Radiology report",
        text=_header("CB-0003", "A26-1003", "2026-01-13", _CHEST)
        + """INDICATION:
Increasing shortness of breath, reduced breath sounds on the left.

FINDINGS:
There is a large left pleural effusion with a meniscus rising along the lateral chest wall; the left
costophrenic angle and the left hemidiaphragm are obscured. The left lower lobe is probably
atelectatic.
The right lung is clear. No right pleural effusion. The heart is at the upper limit of normal.

IMPRESSION:
Large left pleural effusion. An underlying mass cannot be excluded; ultrasound-guided drainage is
suggested.""",
    ),
    Letter(
        file="CB-0003_ward_note.html",
        title="Ward note CB-0003",
        text="""Patient ID: CB-0003
Written: 2026-01-13, 19:20

Admitted with breathlessness. The chest radiograph A26-1003 was looked at on the ward: no pleural
effusion, no pneumothorax, no consolidation. Both costophrenic angles are sharp. The left lung is
fully expanded and clear.

PLAN:
Diuretics by mouth, weigh daily. If the breathlessness gets worse, repeat the radiograph.""",
    ),
    Letter(
        file="CB-0004_report.rtf",
        title="Radiology report",
        text=_header("CB-0004", "A26-1004", "2026-01-14", _CHEST)
        + """INDICATION:
Weight loss of 7 kg in three months, 40 pack years.

FINDINGS:
There is a solid nodule of about 26 mm in the left upper lobe. The right lung is clear. No
cavitation and no calcification.
No hilar enlargement. No pleural effusion. The heart is of normal size.

IMPRESSION:
Solitary pulmonary nodule in the left upper lobe, suspicious for a primary lung tumor. CT of the
thorax is recommended.""",
    ),
    Letter(
        file="CB-0004_ct_report.pdf",
        title="CT report",
        text=_header("CB-0004", "A26-1011", "2026-01-16", "CT thorax without contrast, 5 mm")
        + """COMPARISON:
Chest radiograph of 2026-01-14 (A26-1004).

FINDINGS:
Solid nodule of 26 x 26 x 25 mm in the anterior segment of the right upper lobe, with a slightly
lobulated border.
No second nodule. The left lung is clear. There is no pleural effusion and no pericardial effusion.
The trachea and both main bronchi are patent. No enlarged mediastinal lymph nodes.
The vertebral bodies and ribs show no destruction.

IMPRESSION:
Solitary solid nodule of the right upper lobe, 26 mm. Malignancy is likely; PET-CT and biopsy are
suggested.
The side given in the radiograph report of 2026-01-14 should be corrected.""",
    ),
    Letter(
        file="CB-0005_report.html",
        title="Radiology report",
        text=_header("CB-0005", "A26-1005", "2026-01-14", _CHEST)
        + """INDICATION:
Check of the device position after implantation. Known heart failure.

FINDINGS:
The heart is markedly enlarged with a cardiothoracic ratio above 0.5. A dual-chamber pacemaker lies
over the left upper chest; its leads project over the right atrium and the right ventricle. No
pneumothorax after the implantation.
Both lungs are expanded. No pleural effusion.

IMPRESSION:
Cardiomegaly. Pacemaker in regular position. No pneumothorax.""",
    ),
    Letter(
        file="CB-0005_transfer_letter.docx",
        title="Transfer letter CB-0005",
        text="""Patient ID: CB-0005
Date: 2026-01-20

HISTORY:
Atrial fibrillation since 2011, heart failure, status post left pneumonectomy in 1998.

RADIOLOGY:
Chest radiograph A26-1005: the left lung is absent after pneumonectomy. Large right pneumothorax.
The heart is of normal size. There is no pacemaker.

PLAN:
Transfer to geriatric rehabilitation.""",
    ),
    Letter(
        file="CB-0006_report.md",
        title="Radiology report",
        text=_header("CB-0006", "A26-1006", "2026-01-15", _CHEST)
        + """INDICATION:
Sudden chest pain on the left while playing basketball.

FINDINGS:
Left apical pneumothorax with a pleural rim of about 26 mm. No shift of the mediastinum.
The right lung is fully expanded. No pleural effusion. No rib fracture.

IMPRESSION:
Left pneumothorax without tension. The emergency department was informed by telephone at 02:55.""",
    ),
    Letter(
        file="CB-0006_consult.eml",
        title="Re: CB-0006 drain?",
        text="""Dear colleague,

thank you for the films of CB-0006 (A26-1006). I see a right pneumothorax with the lung collapsed to
half its volume, and would place the drain on the right today. There is also a fracture of the right
clavicle.

Kind regards
Thoracic surgery""",
        mail={"sender": "thoracic-surgery@hospital.example", "sent": "2026-01-15T07:05:00+01:00"},
    ),
    Letter(
        file="misfiled_CB-0001.txt",
        title="Radiology report",
        text=_header("CB-0001", "A26-1001", "2026-01-12", "Left knee, two views")
        + """FINDINGS:
Left knee in two planes: mild narrowing of the medial joint space. No fracture of the patella, the
femur or the tibia.
No joint effusion.

IMPRESSION:
Early osteoarthritis of the left knee.""",
    ),
    Letter(
        file="department_notice.txt",
        title="Notice of the department",
        text="""The wall stand in room 3 is out of service from 2026-01-19 to 2026-01-21 while the grid
is exchanged.
Please book examinations in room 1. The coffee machine in the reading room has been repaired.""",
    ),
)
