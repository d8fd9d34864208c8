<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DraftView</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IssuePage</name>
    <message numerus="yes">
        <source>%Ln file(s) or step(s)</source>
        <translation>
            <numerusform>%Ln file or step</numerusform>
            <numerusform>%Ln files or steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarksPage</name>
    <message numerus="yes">
        <source>%Ln bookmark(s)</source>
        <translation>
            <numerusform>%Ln bookmark</numerusform>
            <numerusform>%Ln bookmarks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreflightDialog</name>
    <message numerus="yes">
        <source>%Ln file(s) seen so far</source>
        <translation>
            <numerusform>%Ln file seen so far</numerusform>
            <numerusform>%Ln files seen so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, as fast as %n earlier run(s) on this computer</source>
        <translation>
            <numerusform>, as fast as %n earlier run on this computer</numerusform>
            <numerusform>, as fast as %n earlier runs on this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are in the case already and are not read again</source>
        <translation>
            <numerusform>%Ln file is in the case already and is not read again</numerusform>
            <numerusform>%Ln files are in the case already and are not read again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) cannot be read and will be listed as issues</source>
        <translation>
            <numerusform>%Ln file cannot be read and will be listed as an issue</numerusform>
            <numerusform>%Ln files cannot be read and will be listed as issues</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RelationStrip</name>
    <message numerus="yes">
        <source>≠ {0} contradicting of %n link(s)</source>
        <translation>
            <numerusform>≠ {0} contradicting of %n link</numerusform>
            <numerusform>≠ {0} contradicting of %n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s), none contradicts</source>
        <translation>
            <numerusform>%n link, no contradiction</numerusform>
            <numerusform>%n links, none contradicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message numerus="yes">
        <source>%Ln hit(s) by words alone; meaning is still loading…</source>
        <translation>
            <numerusform>%Ln hit by words alone; meaning is still loading…</numerusform>
            <numerusform>%Ln hits by words alone; meaning is still loading…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln hit</numerusform>
            <numerusform>%Ln hits</numerusform>
        </translation>
    </message>
</context>
</TS>
