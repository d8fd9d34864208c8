"""What the examiners wrote about the photographs; some of it is wrong, as ``expected.json`` says."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One text: ``file`` below ``notes/``, and the photographs that a mail carries."""

    file: str
    title: str
    text: str
    attach: tuple[str, ...] = ()
    mail: dict[str, str] = field(default_factory=dict)


NOTES = (
    Note(
        file="scene_log.txt",
        title="Scene log, case CB-F-26-017",
        text="""Car park behind the harbor warehouse, 14 March 2026.

07:42  IMG_2041.JPG  Overview from the entrance. A blue car stands in front of a brick wall. A
traffic cone is to its left.
       A green bottle (exhibit 1) and a knife (exhibit 2) lie on the asphalt. No person was present.
07:44  IMG_2042.JPG  Front of the blue car, registration KX-7194.
07:47  IMG_2043.JPG  Exhibit 2: kitchen knife with a black handle, beside the scale.
07:49  IMG_2044.JPG  Exhibit 1: green bottle, upright, label intact.
08:03  IMG_2045.JPG  Second vehicle, a red car between two traffic cones, registration BR-3308.""",
    ),
    Note(
        file="exhibit_list.docx",
        title="Exhibit list, case CB-F-26-017",
        text="""Exhibit 1: one green bottle, see IMG_2044.JPG.

Exhibit 2: one knife, total length about 32 cm, see IMG_2043.JPG.

Exhibit 3: three bottles on the table, see IMG_2052.JPG.

Exhibit 4: one mobile phone with a dark screen, see IMG_2052.JPG.

Exhibit 5: one black backpack on the floor beside the table, see IMG_2053.JPG.

Exhibit 6: one hammer with a wooden handle, see IMG_2062.WEBP.

Exhibit 7: two screwdrivers, see IMG_2061.TIF.

Exhibit 8: one gray suitcase, see IMG_2063.HEIC.""",
    ),
    Note(
        file="knife_examination.md",
        title="Examination of exhibit 2",
        text="""Photograph: IMG_2043.JPG, taken on 14 March 2026 at 07:47.

FINDINGS:
The knife has a straight steel blade of about 195 mm and a black handle with three rivets. There is
no blood on the blade.
No fingerprints could be lifted from the handle.

REMARK:
The bottle (exhibit 1) was examined separately.""",
    ),
    Note(
        file="vehicle_report.pdf",
        title="Vehicle report",
        text="""Concerning the photograph IMG_2042.JPG of 14 March 2026.

The vehicle is a blue sedan. Its front number plate reads KX-7914. The hood is closed, both
headlights are intact.

No damage was found on the windshield. The second vehicle (IMG_2045.JPG) is a green car with the
registration BR-3308.""",
    ),
    Note(
        file="handover.eml",
        title="Handover CB-F-26-017: bag from the flat",
        text="""Hello,

attached is the photograph of the red backpack that stood beside the table in the flat. It is booked
as exhibit 6.
The zip of the front pocket was closed. We did not open it.

Regards
Scene examiner 2""",
        attach=("IMG_2053.JPG",),
        mail={
            "sender": "examiner2@lab.example",
            "to": "evidence-desk@lab.example",
            "sent": "2026-03-14T17:20:00+01:00",
        },
    ),
    Note(
        file="witness_statement.html",
        title="Statement of witness W3",
        text="""Taken on 15 March 2026, concerning the car park (photograph IMG_2041.JPG).

I came to work at half past six. There was a white van in front of the brick wall, no other vehicle.
A bicycle leaned against the wall. I saw no knife and no bottle on the ground. The street lamp was
not lit.""",
    ),
    Note(
        file="flat_note.txt",
        title="Note on the flat",
        text="""IMG_2051.JPG was taken at 22:12 on 14 March 2026, overview of the living room.

A table with a lamp, two bottles, a cup, a book and a mobile phone. A wooden chair stands in front
of it, a red backpack on the right. A painting of a landscape hangs on the wall. There is no knife
on the table.

DSC_0107.PNG shows the lamp, switched on, and a red cup beside a blue book.""",
    ),
    Note(
        file="workshop_note.rtf",
        title="Note on the workshop",
        text="""IMG_2061.TIF, 14:03: workbench with a red toolbox on the left, a hammer (exhibit 6) and
two screwdrivers (exhibit 7).

IMG_2062.WEBP, 14:06: the hammer from above. The head shows scratches; the wooden handle is dry and
clean.

IMG_2063.HEIC, 14:11: a gray suitcase with an extended handle (exhibit 8) in front of two cardboard
boxes. No bottle was found here.""",
    ),
    Note(
        file="kitchen_note.md",
        title="Note on the kitchen",
        text="""IMG_2071.JPG shows the kitchen table as found at 16:30.

In the bowl are five bananas and two oranges. Two blue cups stand to the right of the bowl; a knife
with a red handle lies in front of them. There is no chair at the table.""",
    ),
    Note(
        file="purchase_order.txt",
        title="Purchase order",
        text="""Please order forty yellow exhibit markers, numbers 1 to 40, two photo scales of 20 cm
and a box of nitrile gloves, size M. The invoice goes to the laboratory. Delivery before the end of
April is sufficient.""",
    ),
)

PHOTO_INDEX = """file,exhibit,note
IMG_2041.JPG,,"Overview of the car park with a blue car, a bottle and a knife"
IMG_2044.JPG,1,"Close view of a green bottle"
IMG_2052.JPG,3 and 4,"Table top: two bottles, a red cup, a blue book and a phone"
IMG_2053.JPG,5,"A red backpack on the wooden floor"
IMG_2062.WEBP,6,"A hammer on the workbench"
IMG_2071.JPG,,"A bowl with bananas and oranges, two blue cups"
"""
