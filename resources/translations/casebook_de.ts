<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Casebook</source>
        <translation>Über Casebook</translation>
    </message>
    <message>
        <source>Casebook {0}</source>
        <translation>Casebook {0}</translation>
    </message>
    <message>
        <source>Research and triage support, not a diagnosis and not an expert opinion. A machine&apos;s finding is a hint: what counts is what an examiner decided, and both are recorded.

Works without any network. Evidence is only read, never changed.

License: AGPL-3.0-or-later.</source>
        <translation>Hilfe für Forschung und Sichtung, keine Diagnose und kein Gutachten. Ein Befund der Maschine ist ein Hinweis: Es zählt, was ein Prüfer entschied, und beides wird festgehalten.

Arbeitet ganz ohne Netzwerk. Material wird nur gelesen, nie verändert.

Lizenz: AGPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>Components with their versions and licenses</source>
        <translation>Bestandteile mit Versionen und Lizenzen</translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation>Liste &amp;kopieren</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Besteht aus</translation>
    </message>
    <message>
        <source>The texts of all licenses: {0}</source>
        <translation>Die Texte aller Lizenzen: {0}</translation>
    </message>
    <message>
        <source>The texts of the licenses came with the packages of this environment.</source>
        <translation>Die Texte der Lizenzen kamen mit den Paketen dieser Umgebung.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Case</source>
        <translation>&amp;Fall</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>&amp;Bild</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Boo&amp;kmarks</source>
        <translation>&amp;Lesezeichen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;New case…</source>
        <translation>&amp;Neuer Fall…</translation>
    </message>
    <message>
        <source>Make a new case file</source>
        <translation>Eine neue Falldatei anlegen</translation>
    </message>
    <message>
        <source>&amp;Open case…</source>
        <translation>Fall ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a case file</source>
        <translation>Eine Falldatei öffnen</translation>
    </message>
    <message>
        <source>Open for &amp;reading only…</source>
        <translation>Nur zum &amp;Lesen öffnen…</translation>
    </message>
    <message>
        <source>Open a case without writing anything into it</source>
        <translation>Einen Fall öffnen, ohne etwas hineinzuschreiben</translation>
    </message>
    <message>
        <source>&amp;Add evidence folder…</source>
        <translation>Ordner &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>Read a folder of images and reports into the case</source>
        <translation>Einen Ordner mit Bildern und Berichten in den Fall lesen</translation>
    </message>
    <message>
        <source>Add evidence &amp;files…</source>
        <translation>Da&amp;teien hinzufügen…</translation>
    </message>
    <message>
        <source>Read single files into the case</source>
        <translation>Einzelne Dateien in den Fall lesen</translation>
    </message>
    <message>
        <source>S&amp;kip this file</source>
        <translation>&amp;Datei überspringen</translation>
    </message>
    <message>
        <source>Go on without the file that takes long; it becomes an issue</source>
        <translation>Ohne die Datei weitermachen, die lange dauert; sie wird ein Problem</translation>
    </message>
    <message>
        <source>&amp;Cancel the running job</source>
        <translation>Laufende Aufgabe &amp;abbrechen</translation>
    </message>
    <message>
        <source>Stop the running job; what is saved stays</source>
        <translation>Die laufende Aufgabe anhalten; Gespeichertes bleibt</translation>
    </message>
    <message>
        <source>&amp;Export report…</source>
        <translation>Bericht e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Write the case report, tables or exchange files</source>
        <translation>Den Fallbericht, Tabellen oder Austauschdateien schreiben</translation>
    </message>
    <message>
        <source>Case se&amp;ttings…</source>
        <translation>Fall-&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Names, examiner, thoroughness and models of this case</source>
        <translation>Namen, Prüfer, Gründlichkeit und Modelle dieses Falls</translation>
    </message>
    <message>
        <source>Evidence fol&amp;ders…</source>
        <translation>&amp;Materialordner…</translation>
    </message>
    <message>
        <source>Where the evidence lies, and where a moved folder is now</source>
        <translation>Wo das Material liegt, und wo ein verschobener Ordner jetzt ist</translation>
    </message>
    <message>
        <source>C&amp;lose case</source>
        <translation>Fall &amp;schließen</translation>
    </message>
    <message>
        <source>Back to the start page</source>
        <translation>Zurück zur Startseite</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Leave Casebook; everything is saved</source>
        <translation>Casebook verlassen; alles ist gespeichert</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>&amp;Übersicht</translation>
    </message>
    <message>
        <source>What the case holds</source>
        <translation>Was der Fall enthält</translation>
    </message>
    <message>
        <source>&amp;Images</source>
        <translation>&amp;Bilder</translation>
    </message>
    <message>
        <source>All images as a gallery</source>
        <translation>Alle Bilder als Galerie</translation>
    </message>
    <message>
        <source>&amp;Reports</source>
        <translation>Be&amp;richte</translation>
    </message>
    <message>
        <source>All reports</source>
        <translation>Alle Berichte</translation>
    </message>
    <message>
        <source>Im&amp;age beside report</source>
        <translation>Bild &amp;neben Bericht</translation>
    </message>
    <message>
        <source>Iss&amp;ues</source>
        <translation>&amp;Probleme</translation>
    </message>
    <message>
        <source>Show la&amp;bels</source>
        <translation>Be&amp;zeichnungen zeigen</translation>
    </message>
    <message>
        <source>Blur thumb&amp;nails</source>
        <translation>Vorschaubilder &amp;verwischen</translation>
    </message>
    <message>
        <source>Ins&amp;pector</source>
        <translation>&amp;Inspektor</translation>
    </message>
    <message>
        <source>Open the original ou&amp;tside…</source>
        <translation>&amp;Original außerhalb öffnen…</translation>
    </message>
    <message>
        <source>Light or &amp;dark</source>
        <translation>&amp;Hell oder dunkel</translation>
    </message>
    <message>
        <source>Two images side b&amp;y side</source>
        <translation>Zwei Bilder &amp;nebeneinander</translation>
    </message>
    <message>
        <source>What looks like this picture, or like the region selected in it</source>
        <translation>Was diesem Bild ähnlich sieht, oder der darin gewählten Region</translation>
    </message>
    <message>
        <source>Lang&amp;uage…</source>
        <translation>S&amp;prache…</translation>
    </message>
    <message>
        <source>Export my decision&amp;s…</source>
        <translation>Meine Entscheidungen e&amp;xportieren…</translation>
    </message>
    <message>
        <source>The selected image beside its report</source>
        <translation>Das ausgewählte Bild neben seinem Bericht</translation>
    </message>
    <message>
        <source>Encr&amp;yption…</source>
        <translation>&amp;Verschlüsselung…</translation>
    </message>
    <message>
        <source>Give the case file a passphrase, another one, or none</source>
        <translation>Der Falldatei eine Passphrase geben, eine andere oder keine</translation>
    </message>
    <message>
        <source>&amp;Contradictions</source>
        <translation>&amp;Widersprüche</translation>
    </message>
    <message>
        <source>Where pictures and words disagree, worst first</source>
        <translation>Wo Bilder und Wörter nicht übereinstimmen, schwerste zuerst</translation>
    </message>
    <message>
        <source>What you put into a category with a digit key</source>
        <translation>Was Sie mit einer Zifferntaste in eine Kategorie legen</translation>
    </message>
    <message>
        <source>&amp;Search results</source>
        <translation>&amp;Suchergebnisse</translation>
    </message>
    <message>
        <source>What the last search found</source>
        <translation>Was die letzte Suche fand</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>&amp;Zeitleiste</translation>
    </message>
    <message>
        <source>When pictures were taken, reports written, and which days texts name</source>
        <translation>Wann Bilder entstanden, Berichte geschrieben wurden und welche Tage Texte nennen</translation>
    </message>
    <message>
        <source>&amp;Graph</source>
        <translation>&amp;Graph</translation>
    </message>
    <message>
        <source>Persons, exhibits, images and reports around the selection</source>
        <translation>Personen, Asservate, Bilder und Berichte um die Auswahl</translation>
    </message>
    <message>
        <source>&amp;Places</source>
        <translation>&amp;Orte</translation>
    </message>
    <message>
        <source>Where pictures were taken, and which places texts name</source>
        <translation>Wo Bilder entstanden und welche Orte Texte nennen</translation>
    </message>
    <message>
        <source>Files that could not be read, and why</source>
        <translation>Dateien, die nicht gelesen werden konnten, und warum</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>&amp;Aufgaben</translation>
    </message>
    <message>
        <source>What runs, what ran, and the engine&apos;s log</source>
        <translation>Was läuft, was lief, und das Protokoll der Rechenmaschine</translation>
    </message>
    <message>
        <source>&amp;Models and training</source>
        <translation>&amp;Modelle, Training</translation>
    </message>
    <message>
        <source>What each model can do; train and measure your own</source>
        <translation>Was jedes Modell kann; eigene trainieren und messen</translation>
    </message>
    <message>
        <source>S&amp;earch the case…</source>
        <translation>Im Fall s&amp;uchen…</translation>
    </message>
    <message>
        <source>Type into the search box</source>
        <translation>In das Suchfeld tippen</translation>
    </message>
    <message>
        <source>&amp;Find in the report…</source>
        <translation>Im Bericht &amp;finden…</translation>
    </message>
    <message>
        <source>Look in the report that is open; where none is, search the whole case</source>
        <translation>Im offenen Bericht suchen; wo keiner offen ist, im ganzen Fall</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>Zurüc&amp;k</translation>
    </message>
    <message>
        <source>The page before this one</source>
        <translation>Die Seite davor</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Enlarge the image; also the wheel, towards the pointer</source>
        <translation>Das Bild vergrößern; auch mit dem Rad, zum Zeiger hin</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Make the image smaller</source>
        <translation>Das Bild verkleinern</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>Show the whole image</source>
        <translation>Das ganze Bild zeigen</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>One pixel of the image is one pixel of the screen</source>
        <translation>Ein Bildpunkt ist ein Punkt des Bildschirms</translation>
    </message>
    <message>
        <source>Show &amp;regions</source>
        <translation>&amp;Regionen zeigen</translation>
    </message>
    <message>
        <source>Show or hide the regions on the image</source>
        <translation>Die Regionen auf dem Bild zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide the labels of the regions</source>
        <translation>Die Bezeichnungen der Regionen zeigen oder verbergen</translation>
    </message>
    <message>
        <source>&amp;List of regions</source>
        <translation>&amp;Liste der Regionen</translation>
    </message>
    <message>
        <source>Show or hide the list of regions, with a tick for each</source>
        <translation>Die Liste der Regionen mit einem Haken für jede zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Fa&amp;cets</source>
        <translation>&amp;Facetten</translation>
    </message>
    <message>
        <source>Show or hide what the gallery can be narrowed to</source>
        <translation>Zeigen oder verbergen, worauf die Galerie eingegrenzt werden kann</translation>
    </message>
    <message>
        <source>Blur all thumbnails, while others can see the screen</source>
        <translation>Alle Vorschaubilder verwischen, solange andere den Bildschirm sehen können</translation>
    </message>
    <message>
        <source>Image &amp;alone</source>
        <translation>Bild &amp;allein</translation>
    </message>
    <message>
        <source>Give the image the whole page</source>
        <translation>Dem Bild die ganze Seite geben</translation>
    </message>
    <message>
        <source>Show or hide the facts of the selection</source>
        <translation>Die Angaben zur Auswahl zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Open the selected report or image in another program, after a warning</source>
        <translation>Den ausgewählten Bericht oder das Bild nach einer Warnung in einem anderen Programm öffnen</translation>
    </message>
    <message>
        <source>Lar&amp;ger text</source>
        <translation>Größerer Te&amp;xt</translation>
    </message>
    <message>
        <source>Make all text of the window larger</source>
        <translation>Allen Text des Fensters vergrößern</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>Kleinerer &amp;Text</translation>
    </message>
    <message>
        <source>Make all text of the window smaller</source>
        <translation>Allen Text des Fensters verkleinern</translation>
    </message>
    <message>
        <source>Change between light and dark</source>
        <translation>Zwischen hell und dunkel wechseln</translation>
    </message>
    <message>
        <source>Follow the &amp;system&apos;s theme</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>Light or dark as the desktop environment is</source>
        <translation>Hell oder dunkel wie die Arbeitsumgebung</translation>
    </message>
    <message>
        <source>Draw an &amp;outline</source>
        <translation>&amp;Umriss zeichnen</translation>
    </message>
    <message>
        <source>Draw a region corner by corner or along its edge</source>
        <translation>Eine Region Ecke für Ecke oder am Rand entlang zeichnen</translation>
    </message>
    <message>
        <source>Draw a &amp;box</source>
        <translation>&amp;Kasten zeichnen</translation>
    </message>
    <message>
        <source>Draw a region as a box</source>
        <translation>Eine Region als Kasten zeichnen</translation>
    </message>
    <message>
        <source>Change the &amp;shape</source>
        <translation>&amp;Form ändern</translation>
    </message>
    <message>
        <source>Move, add or take away corners of the selected region</source>
        <translation>Ecken der ausgewählten Region verschieben, hinzufügen oder wegnehmen</translation>
    </message>
    <message>
        <source>Change the &amp;label…</source>
        <translation>&amp;Bezeichnung ändern…</translation>
    </message>
    <message>
        <source>Give the selected region the right label</source>
        <translation>Der ausgewählten Region die richtige Bezeichnung geben</translation>
    </message>
    <message>
        <source>&amp;Delete the region</source>
        <translation>Region &amp;löschen</translation>
    </message>
    <message>
        <source>Reject the selected region: exports leave it out, and undo brings it back</source>
        <translation>Die ausgewählte Region verwerfen: Exporte lassen sie weg, und Rückgängig holt sie wieder</translation>
    </message>
    <message>
        <source>Measure a d&amp;istance</source>
        <translation>&amp;Strecke messen</translation>
    </message>
    <message>
        <source>Measure between two places, in millimeters where the file knows them</source>
        <translation>Zwischen zwei Stellen messen, in Millimetern, wo die Datei sie kennt</translation>
    </message>
    <message>
        <source>Measure an &amp;area</source>
        <translation>Fl&amp;äche messen</translation>
    </message>
    <message>
        <source>Measure what an outline encloses</source>
        <translation>Messen, was ein Umriss einschließt</translation>
    </message>
    <message>
        <source>&amp;Magnifier</source>
        <translation>Lup&amp;e</translation>
    </message>
    <message>
        <source>A lens that follows the pointer</source>
        <translation>Eine Lupe, die dem Zeiger folgt</translation>
    </message>
    <message>
        <source>Show a second image instead of the report</source>
        <translation>Ein zweites Bild anstelle des Berichts zeigen</translation>
    </message>
    <message>
        <source>Move both &amp;together</source>
        <translation>&amp;Zusammen bewegen</translation>
    </message>
    <message>
        <source>Zoom and move two images side by side together</source>
        <translation>Zwei Bilder nebeneinander gemeinsam vergrößern und bewegen</translation>
    </message>
    <message>
        <source>&amp;Find similar pictures</source>
        <translation>Ä&amp;hnliche Bilder suchen</translation>
    </message>
    <message>
        <source>The language of the window, from its next start on</source>
        <translation>Die Sprache des Fensters, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>&amp;Confirm</source>
        <translation>&amp;Bestätigen</translation>
    </message>
    <message>
        <source>The selected finding is right</source>
        <translation>Der ausgewählte Befund ist richtig</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>The selected finding is wrong</source>
        <translation>Der ausgewählte Befund ist falsch</translation>
    </message>
    <message>
        <source>&amp;Note or correct…</source>
        <translation>&amp;Anmerken…</translation>
    </message>
    <message>
        <source>Decide with a note, or give the right label</source>
        <translation>Mit einer Anmerkung entscheiden oder die richtige Bezeichnung geben</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take the last decision back, by a decision of its own</source>
        <translation>Die letzte Entscheidung zurücknehmen, durch eine eigene Entscheidung</translation>
    </message>
    <message>
        <source>R&amp;edo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Decide again what was taken back</source>
        <translation>Noch einmal entscheiden, was zurückgenommen wurde</translation>
    </message>
    <message>
        <source>Ne&amp;xt</source>
        <translation>&amp;Nächster</translation>
    </message>
    <message>
        <source>The next finding in the list</source>
        <translation>Der nächste Befund in der Liste</translation>
    </message>
    <message>
        <source>&amp;Previous</source>
        <translation>Vor&amp;heriger</translation>
    </message>
    <message>
        <source>The finding before it</source>
        <translation>Der Befund davor</translation>
    </message>
    <message>
        <source>Write what you decided into a file for a second examiner</source>
        <translation>Was Sie entschieden haben, für einen zweiten Prüfer in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Compare &amp;with a second examiner…</source>
        <translation>Mit &amp;zweitem Prüfer vergleichen…</translation>
    </message>
    <message>
        <source>Where two examiners disagree; take the other&apos;s decisions in</source>
        <translation>Wo zwei Prüfer uneins sind; die Entscheidungen des anderen aufnehmen</translation>
    </message>
    <message>
        <source>Category {0}</source>
        <translation>Kategorie {0}</translation>
    </message>
    <message>
        <source>Put the selection into this category, or take it out</source>
        <translation>Die Auswahl in diese Kategorie legen oder herausnehmen</translation>
    </message>
    <message>
        <source>&amp;Names of the categories…</source>
        <translation>&amp;Namen der Kategorien…</translation>
    </message>
    <message>
        <source>Give the categories of bookmarks their names</source>
        <translation>Den Kategorien der Lesezeichen ihre Namen geben</translation>
    </message>
    <message>
        <source>&amp;Keys and actions</source>
        <translation>&amp;Tasten und Aktionen</translation>
    </message>
    <message>
        <source>Everything you can do, with its keys</source>
        <translation>Alles, was Sie tun können, mit den Tasten</translation>
    </message>
    <message>
        <source>&amp;Self-test…</source>
        <translation>&amp;Selbsttest…</translation>
    </message>
    <message>
        <source>Does this installation work, and what does it compute with?</source>
        <translation>Arbeitet diese Installation, und womit rechnet sie?</translation>
    </message>
    <message>
        <source>&amp;About Casebook</source>
        <translation>&amp;Über Casebook</translation>
    </message>
    <message>
        <source>Version, licenses, components and what it is not</source>
        <translation>Version, Lizenzen, Bestandteile und was es nicht ist</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Research and triage support, not a diagnosis.</source>
        <translation>Hilfe für Forschung und Sichtung, keine Diagnose.</translation>
    </message>
    <message>
        <source>Read only, not in the audit log</source>
        <translation>Nur zum Lesen, nicht im Prüfprotokoll</translation>
    </message>
    <message>
        <source>dashed ◇ = found by the machine     solid ✓ ✗ = decided by a person</source>
        <translation>gestrichelt ◇ = von der Maschine gefunden     durchgezogen ✓ ✗ = von einem Menschen entschieden</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>Contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>No link of this kind.</source>
        <translation>Keine Verknüpfung dieser Art.</translation>
    </message>
    <message>
        <source>Which links</source>
        <translation>Welche Verknüpfungen</translation>
    </message>
    <message>
        <source>Supporting links</source>
        <translation>Stützende Verknüpfungen</translation>
    </message>
    <message>
        <source>All links</source>
        <translation>Alle Verknüpfungen</translation>
    </message>
    <message>
        <source>Decided or not</source>
        <translation>Entschieden oder nicht</translation>
    </message>
    <message>
        <source>Not decided yet</source>
        <translation>Noch nicht entschieden</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <source>Bookmarked</source>
        <translation>Mit Lesezeichen</translation>
    </message>
    <message>
        <source>Review progress</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Contradictions, worst first</source>
        <translation>Widersprüche, schwerste zuerst</translation>
    </message>
    <message>
        <source>No link is in this state.</source>
        <translation>Keine Verknüpfung ist in diesem Zustand.</translation>
    </message>
    <message>
        <source>No contradiction was found between pictures and words. That is not a proof of agreement.</source>
        <translation>Zwischen Bildern und Wörtern wurde kein Widerspruch gefunden. Das beweist keine Übereinstimmung.</translation>
    </message>
    <message>
        <source>Nothing links pictures and words yet.</source>
        <translation>Noch verknüpft nichts Bilder und Wörter.</translation>
    </message>
    <message>
        <source>{0} of {1} decided</source>
        <translation>{0} von {1} entschieden</translation>
    </message>
    <message>
        <source>{0} listed</source>
        <translation>{0} aufgeführt</translation>
    </message>
</context>
<context>
    <name>CaseCommands</name>
    <message>
        <source>This case is open for reading only; it takes no evidence.</source>
        <translation>Dieser Fall ist nur zum Lesen offen; er nimmt kein Material auf.</translation>
    </message>
    <message>
        <source>Not where it was: {0}. See Case ▸ Evidence folders to say where it is now.</source>
        <translation>Nicht am alten Platz: {0}. Unter Fall ▸ Materialordner sagen Sie, wo es jetzt liegt.</translation>
    </message>
    <message>
        <source>Open case for reading only</source>
        <translation>Fall nur zum Lesen öffnen</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>Fall öffnen</translation>
    </message>
    <message>
        <source>Casebook cases (*.casebook)</source>
        <translation>Casebook-Fälle (*.casebook)</translation>
    </message>
    <message>
        <source>Folder with images and reports</source>
        <translation>Ordner mit Bildern und Berichten</translation>
    </message>
    <message>
        <source>Images and reports</source>
        <translation>Bilder und Berichte</translation>
    </message>
    <message>
        <source>Found again: the files are the same.</source>
        <translation>Wiedergefunden: Die Dateien sind dieselben.</translation>
    </message>
    <message>
        <source>Only the selected finding</source>
        <translation>Nur der ausgewählte Befund</translation>
    </message>
    <message>
        <source>Only what has a bookmark</source>
        <translation>Nur was ein Lesezeichen hat</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>Geschrieben: {0}</translation>
    </message>
</context>
<context>
    <name>CaseSettingsDialog</name>
    <message>
        <source>Case settings</source>
        <translation>Fall-Einstellungen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Aktenzeichen</translation>
    </message>
    <message>
        <source>Examiner</source>
        <translation>Prüfer</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Exhibit</source>
        <translation>Asservat</translation>
    </message>
    <message>
        <source>whom or what the case is about, optional</source>
        <translation>um wen oder was es geht, freiwillig</translation>
    </message>
    <message>
        <source>Thoroughness</source>
        <translation>Gründlichkeit</translation>
    </message>
    <message>
        <source>Full: also the text in pictures and scans</source>
        <translation>Vollständig: auch der Text in Bildern und Scans</translation>
    </message>
    <message>
        <source>Fast: leaves the text in pictures unread</source>
        <translation>Schnell: Text in Bildern bleibt ungelesen</translation>
    </message>
    <message>
        <source>Models that look at the pictures</source>
        <translation>Modelle, die die Bilder ansehen</translation>
    </message>
    <message>
        <source>The models are being looked up…</source>
        <translation>Die Modelle werden nachgesehen…</translation>
    </message>
    <message>
        <source>Medical case</source>
        <translation>Medizinischer Fall</translation>
    </message>
    <message>
        <source>Forensic case</source>
        <translation>Forensischer Fall</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source> (cannot be changed)</source>
        <translation> (nicht änderbar)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Reference</source>
        <translation>&amp;Aktenzeichen</translation>
    </message>
    <message>
        <source>&amp;Examiner</source>
        <translation>&amp;Prüfer</translation>
    </message>
    <message>
        <source>&amp;Thoroughness</source>
        <translation>&amp;Gründlichkeit</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Thoroughness and models count for what is read from now on. Add the same folder again to have its files looked at anew. Every change is recorded in the audit log.</source>
        <translation>Gründlichkeit und Modelle gelten für alles, was ab jetzt gelesen wird. Fügen Sie denselben Ordner noch einmal hinzu, um seine Dateien neu ansehen zu lassen. Jede Änderung steht im Prüfprotokoll.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>Categories</name>
    <message>
        <source>Categories of bookmarks</source>
        <translation>Kategorien der Lesezeichen</translation>
    </message>
    <message>
        <source>A digit key puts what is selected into its category, or takes it out again. The names are those of this workstation; a bookmark keeps the name that it was made with.</source>
        <translation>Eine Zifferntaste legt das Ausgewählte in ihre Kategorie oder nimmt es wieder heraus. Die Namen gelten für diesen Arbeitsplatz; ein Lesezeichen behält den Namen, mit dem es gesetzt wurde.</translation>
    </message>
    <message>
        <source>Name of category {0}</source>
        <translation>Name der Kategorie {0}</translation>
    </message>
    <message>
        <source>Key {0}</source>
        <translation>Taste {0}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>CertificateChoice</name>
    <message>
        <source>Certificate file</source>
        <translation>Zertifikatsdatei</translation>
    </message>
    <message>
        <source>a certificate (.p12, .pfx), optional</source>
        <translation>ein Zertifikat (.p12, .pfx), nicht nötig</translation>
    </message>
    <message>
        <source>Passphrase of the certificate</source>
        <translation>Passphrase des Zertifikats</translation>
    </message>
    <message>
        <source>passphrase of the certificate</source>
        <translation>Passphrase des Zertifikats</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Certificates (*.p12 *.pfx)</source>
        <translation>Zertifikate (*.p12 *.pfx)</translation>
    </message>
    <message>
        <source>Certificate to sign with</source>
        <translation>Zertifikat, mit dem unterschrieben wird</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>The window speaks it when it is opened again.</source>
        <translation>Das Fenster spricht sie, wenn es wieder geöffnet wird.</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>Curves of the training</source>
        <translation>Kurven des Trainings</translation>
    </message>
    <message>
        <source>Curves appear here.</source>
        <translation>Hier erscheinen Kurven.</translation>
    </message>
</context>
<context>
    <name>DataChoice</name>
    <message>
        <source>Folder or file with the data</source>
        <translation>Ordner oder Datei mit den Daten</translation>
    </message>
    <message>
        <source>folder or file with the data</source>
        <translation>Ordner oder Datei mit den Daten</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Folder with the data</source>
        <translation>Ordner mit den Daten</translation>
    </message>
    <message>
        <source>File with the data</source>
        <translation>Datei mit den Daten</translation>
    </message>
</context>
<context>
    <name>DecisionDialog</name>
    <message>
        <source>Decide with a note</source>
        <translation>Mit einer Anmerkung entscheiden</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Confirm: the finding is right</source>
        <translation>Bestätigen: Der Befund ist richtig</translation>
    </message>
    <message>
        <source>Reject: the finding is wrong</source>
        <translation>Verwerfen: Der Befund ist falsch</translation>
    </message>
    <message>
        <source>Correct: right place, another label</source>
        <translation>Korrigieren: richtige Stelle, andere Bezeichnung</translation>
    </message>
    <message>
        <source>Right label</source>
        <translation>Richtige Bezeichnung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Why; it is shown beside the decision and in the report</source>
        <translation>Warum; es steht neben der Entscheidung und im Bericht</translation>
    </message>
    <message>
        <source>&amp;Verdict</source>
        <translation>&amp;Urteil</translation>
    </message>
    <message>
        <source>Right &amp;label</source>
        <translation>Richtige &amp;Bezeichnung</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>A&amp;nmerkung</translation>
    </message>
    <message>
        <source>Save decision</source>
        <translation>Entscheidung speichern</translation>
    </message>
</context>
<context>
    <name>Disagreements</name>
    <message>
        <source>Compared with {0}</source>
        <translation>Verglichen mit {0}</translation>
    </message>
    <message>
        <source>Which findings</source>
        <translation>Welche Befunde</translation>
    </message>
    <message>
        <source>Every compared finding</source>
        <translation>Jeder verglichene Befund</translation>
    </message>
    <message>
        <source>Compared findings</source>
        <translation>Verglichene Befunde</translation>
    </message>
    <message>
        <source>No finding of this kind.</source>
        <translation>Kein Befund dieser Art.</translation>
    </message>
    <message>
        <source>Take these decisions in</source>
        <translation>Diese Entscheidungen aufnehmen</translation>
    </message>
    <message>
        <source>Adds them under their examiner&apos;s name; a verdict given here goes on to count</source>
        <translation>Fügt sie unter dem Namen ihres Prüfers hinzu; ein hier gefälltes Urteil gilt weiter</translation>
    </message>
    <message>
        <source>Show in the window</source>
        <translation>Im Fenster zeigen</translation>
    </message>
    <message>
        <source>SHA-256 of the file: {0}</source>
        <translation>SHA-256 der Datei: {0}</translation>
    </message>
    <message>
        <source>Decisions of {0}, exported {1}.</source>
        <translation>Entscheidungen von {0}, exportiert {1}.</translation>
    </message>
    <message>
        <source>Agreement beyond chance on what both decided: kappa {0}.</source>
        <translation>Übereinstimmung über den Zufall hinaus, wo beide entschieden haben: Kappa {0}.</translation>
    </message>
    <message>
        <source>The file was taken from this very case.</source>
        <translation>Die Datei stammt aus genau diesem Fall.</translation>
    </message>
    <message>
        <source>The file comes from a copy of this case that went on by itself.</source>
        <translation>Die Datei kommt aus einer Kopie dieses Falls, die für sich weiterging.</translation>
    </message>
    <message>
        <source>Decisions that have no place in this case: {0}</source>
        <translation>Entscheidungen, die in diesem Fall keinen Platz haben: {0}</translation>
    </message>
</context>
<context>
    <name>DraftView</name>
    <message>
        <source>Show a draft</source>
        <translation>Entwurf zeigen</translation>
    </message>
    <message>
        <source>See the pages before they are written.</source>
        <translation>Sehen Sie die Seiten, bevor sie geschrieben werden.</translation>
    </message>
    <message>
        <source>Contents of the report</source>
        <translation>Inhalt des Berichts</translation>
    </message>
    <message>
        <source>Pages of the draft</source>
        <translation>Seiten des Entwurfs</translation>
    </message>
    <message>
        <source>Page {0}</source>
        <translation>Seite {0}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln Seite</numerusform>
            <numerusform>%Ln Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>; the first {0} are shown</source>
        <translation>; die ersten {0} werden gezeigt</translation>
    </message>
</context>
<context>
    <name>EncryptionDialog</name>
    <message>
        <source>Encryption of {0}</source>
        <translation>Verschlüsselung von {0}</translation>
    </message>
    <message>
        <source>Passphrase now</source>
        <translation>Passphrase jetzt</translation>
    </message>
    <message>
        <source>Give the case another passphrase</source>
        <translation>Dem Fall eine andere Passphrase geben</translation>
    </message>
    <message>
        <source>Take the encryption away: everybody who has the file can read it</source>
        <translation>Die Verschlüsselung aufheben: Jeder, der die Datei hat, kann sie lesen</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>Verschlüsseln</translation>
    </message>
    <message>
        <source>The case file is encrypted (AES-256). It is written anew, backups beside it too.</source>
        <translation>Die Falldatei ist verschlüsselt (AES-256). Sie wird neu geschrieben, Sicherungen daneben auch.</translation>
    </message>
    <message>
        <source>The case file will be encrypted (AES-256): findings, texts, thumbnails and decisions. It is written anew, backups beside it too. The evidence itself stays as it lies in its folders.</source>
        <translation>Die Falldatei wird verschlüsselt (AES-256): Befunde, Texte, Vorschaubilder und Entscheidungen. Sie wird neu geschrieben, Sicherungen daneben auch. Das Beweismaterial selbst bleibt, wie es in seinen Ordnern liegt.</translation>
    </message>
    <message>
        <source>Decrypt</source>
        <translation>Entschlüsseln</translation>
    </message>
    <message>
        <source>Change passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
</context>
<context>
    <name>EngineClient</name>
    <message>
        <source>The engine could not be started: {0}</source>
        <translation>Die Rechenmaschine konnte nicht gestartet werden: {0}</translation>
    </message>
    <message>
        <source>The engine did not stop in time and was started again.</source>
        <translation>Die Rechenmaschine hielt nicht rechtzeitig an und wurde neu gestartet.</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly and was started again. Saved work is safe.</source>
        <translation>Die Rechenmaschine blieb unerwartet stehen und wurde neu gestartet. Gespeicherte Arbeit ist sicher.</translation>
    </message>
    <message>
        <source>The engine keeps stopping and was left off. Saved work is safe.</source>
        <translation>Die Rechenmaschine bleibt immer wieder stehen und wurde ausgelassen. Gespeicherte Arbeit ist sicher.</translation>
    </message>
</context>
<context>
    <name>EvaluationForm</name>
    <message>
        <source>What to measure</source>
        <translation>Was gemessen wird</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>as the data say</source>
        <translation>wie die Daten sagen</translation>
    </message>
    <message>
        <source>as the segmenters find them</source>
        <translation>wie die Segmentierer sie finden</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Clear the table</source>
        <translation>Tabelle leeren</translation>
    </message>
    <message>
        <source>Progress of the evaluation</source>
        <translation>Fortschritt der Auswertung</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>Labeled data</source>
        <translation>Daten mit Antworten</translation>
    </message>
    <message>
        <source>the one in use</source>
        <translation>das in Gebrauch</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Es wird gemessen…</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>Measured in {0}.</source>
        <translation>Gemessen in {0}.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>Zu schreibende Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>what the report is to answer, optional</source>
        <translation>was der Bericht beantworten soll, freiwillig</translation>
    </message>
    <message>
        <source>What goes in</source>
        <translation>Was hineinkommt</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Only what a person confirmed</source>
        <translation>Nur was ein Mensch bestätigt hat</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Read the evidence again and say what has changed</source>
        <translation>Das Material noch einmal lesen und sagen, was sich geändert hat</translation>
    </message>
    <message>
        <source>Reproducible: leave out facts about this computer</source>
        <translation>Wiederholbar: Angaben über diesen Rechner weglassen</translation>
    </message>
    <message>
        <source>De-identified: names, numbers and dates replaced</source>
        <translation>De-identifiziert: Namen, Nummern und Daten ersetzt</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Re&amp;quest</source>
        <translation>Auf&amp;trag</translation>
    </message>
    <message>
        <source>&amp;What goes in</source>
        <translation>&amp;Was hineinkommt</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Papier</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Unterschrift</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Folder to write into</source>
        <translation>Ordner, in den geschrieben wird</translation>
    </message>
    <message>
        <source>Choose a file in a folder that exists.</source>
        <translation>Wählen Sie eine Datei in einem Ordner, den es gibt.</translation>
    </message>
    <message>
        <source>{0} exists and will be replaced once the new one is complete.</source>
        <translation>{0} gibt es und wird ersetzt, sobald die neue Datei vollständig ist.</translation>
    </message>
    <message>
        <source>Its SHA-256 is written beside it and into the audit log.</source>
        <translation>Der SHA-256 wird daneben und ins Prüfprotokoll geschrieben.</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>phrases</source>
        <translation>Textstellen</translation>
    </message>
    <message>
        <source>links</source>
        <translation>Verknüpfungen</translation>
    </message>
    <message>
        <source>contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>The draft is being made…</source>
        <translation>Der Entwurf wird gemacht…</translation>
    </message>
</context>
<context>
    <name>FacetPanel</name>
    <message>
        <source>Facets</source>
        <translation>Facetten</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Alles aufheben</translation>
    </message>
    <message>
        <source>{0}, {1} images</source>
        <translation>{0}, {1} Bilder</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Link</source>
        <translation>Verknüpfung</translation>
    </message>
    <message>
        <source>Phrase</source>
        <translation>Textstelle</translation>
    </message>
    <message>
        <source>Concept</source>
        <translation>Konzept</translation>
    </message>
    <message>
        <source>Concept id</source>
        <translation>Konzept-Id</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>Teil von</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>Liest</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>Body part</source>
        <translation>Körperteil</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Pixel spacing</source>
        <translation>Punktabstand</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Nearly the same as</source>
        <translation>Fast dasselbe wie</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Read from a picture</source>
        <translation>Aus einem Bild gelesen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>◇ found by the machine: {0}</source>
        <translation>◇ von der Maschine gefunden: {0}</translation>
    </message>
    <message>
        <source>No decision stands about it.</source>
        <translation>Darüber steht keine Entscheidung.</translation>
    </message>
    <message>
        <source>Select an image, a phrase, a region or a link to see what is known about it.</source>
        <translation>Wählen Sie ein Bild, eine Textstelle, eine Region oder eine Verknüpfung, um zu sehen, was darüber bekannt ist.</translation>
    </message>
</context>
<context>
    <name>FileFacts</name>
    <message>
        <source>Accession number</source>
        <translation>Auftragsnummer</translation>
    </message>
    <message>
        <source>Body part</source>
        <translation>Körperteil</translation>
    </message>
    <message>
        <source>Text in the pixels</source>
        <translation>Text im Bild</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Time taken from</source>
        <translation>Zeit aus</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Colors</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Character set</source>
        <translation>Zeichensatz</translation>
    </message>
    <message>
        <source>Exhibit</source>
        <translation>Asservat</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Einrichtung</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Manufacturer</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Geschlecht</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>Gelesen mit</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>Datum der Untersuchung</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Untersuchung</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Transfer syntax</source>
        <translation>Transfersyntax</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this report</source>
        <translation>In diesem Bericht suchen</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>Weiter (Eingabe)</translation>
    </message>
    <message>
        <source>The one before (Shift+Enter)</source>
        <translation>Der davor (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Close the search in this report</source>
        <translation>Suche in diesem Bericht schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>not in this report</source>
        <translation>nicht in diesem Bericht</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>Evidence folders</source>
        <translation>Materialordner</translation>
    </message>
    <message>
        <source>The case knows every file by its SHA-256. A folder that was moved or renamed is found again when you say where it is: its files are compared first, and nothing is read again.</source>
        <translation>Der Fall kennt jede Datei an ihrem SHA-256. Ein verschobener oder umbenannter Ordner wird wiedergefunden, wenn Sie sagen, wo er ist: Seine Dateien werden zuerst verglichen, und nichts wird neu gelesen.</translation>
    </message>
    <message>
        <source>✓ there</source>
        <translation>✓ da</translation>
    </message>
    <message>
        <source>✗ not there</source>
        <translation>✗ nicht da</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Find the folder {0}</source>
        <translation>Den Ordner {0} suchen</translation>
    </message>
    <message>
        <source>No evidence was added yet.</source>
        <translation>Noch wurde kein Material hinzugefügt.</translation>
    </message>
    <message>
        <source>Where is {0} now?</source>
        <translation>Wo ist {0} jetzt?</translation>
    </message>
    <message>
        <source>Comparing files…</source>
        <translation>Dateien werden verglichen…</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>Case report (PDF)</source>
        <translation>Fallbericht (PDF)</translation>
    </message>
    <message>
        <source>For people: every image and report with findings, links, contradictions, decisions and issues, the tools used with versions and hashes, and the head of the audit chain.</source>
        <translation>Für Menschen: jedes Bild und jeder Bericht mit Befunden, Verknüpfungen, Widersprüchen, Entscheidungen und Problemen, die Werkzeuge mit Versionen und Prüfsummen und der Kopf des Prüfprotokolls.</translation>
    </message>
    <message>
        <source>Case report (web page)</source>
        <translation>Fallbericht (Webseite)</translation>
    </message>
    <message>
        <source>The same in one file for a browser, with its pictures inside.</source>
        <translation>Dasselbe in einer Datei für einen Browser, mit den Bildern darin.</translation>
    </message>
    <message>
        <source>Portable case (ZIP file)</source>
        <translation>Tragbarer Fall (ZIP-Datei)</translation>
    </message>
    <message>
        <source>Case, evidence, a page for any browser and checksums, to be read elsewhere.</source>
        <translation>Fall, Material, eine Seite für jeden Browser und Prüfsummen, um anderswo gelesen zu werden.</translation>
    </message>
    <message>
        <source>Portable case (folder)</source>
        <translation>Tragbarer Fall (Ordner)</translation>
    </message>
    <message>
        <source>The same as a folder.</source>
        <translation>Dasselbe als Ordner.</translation>
    </message>
    <message>
        <source>Portable case without evidence (folder)</source>
        <translation>Tragbarer Fall ohne Material (Ordner)</translation>
    </message>
    <message>
        <source>The same without the files of the evidence.</source>
        <translation>Dasselbe ohne die Dateien des Materials.</translation>
    </message>
    <message>
        <source>Workbook (Excel)</source>
        <translation>Arbeitsmappe (Excel)</translation>
    </message>
    <message>
        <source>A sheet for each kind of row; formulas in evidence stay text.</source>
        <translation>Ein Blatt für jede Art von Zeilen; Formeln aus dem Material bleiben Text.</translation>
    </message>
    <message>
        <source>Table of findings (CSV)</source>
        <translation>Tabelle der Befunde (CSV)</translation>
    </message>
    <message>
        <source>One finding a line; formulas in evidence stay text.</source>
        <translation>Ein Befund je Zeile; Formeln aus dem Material bleiben Text.</translation>
    </message>
    <message>
        <source>All findings (JSON)</source>
        <translation>Alle Befunde (JSON)</translation>
    </message>
    <message>
        <source>For programs, with a published schema.</source>
        <translation>Für Programme, mit einem veröffentlichten Schema.</translation>
    </message>
    <message>
        <source>CASE/UCO (JSON-LD)</source>
        <translation>CASE/UCO (JSON-LD)</translation>
    </message>
    <message>
        <source>Cyber-investigation exchange: evidence, tools, actions and findings as a graph.</source>
        <translation>Austausch für digitale Ermittlungen: Material, Werkzeuge, Handlungen und Befunde als Graph.</translation>
    </message>
    <message>
        <source>FHIR R4 bundle</source>
        <translation>FHIR-R4-Bündel</translation>
    </message>
    <message>
        <source>Clinical exchange: diagnostic reports, imaging studies and observations.</source>
        <translation>Klinischer Austausch: Befundberichte, Bildgebungsstudien und Beobachtungen.</translation>
    </message>
    <message>
        <source>Regions (DICOM segmentation folder)</source>
        <translation>Regionen (Ordner mit DICOM-Segmentierungen)</translation>
    </message>
    <message>
        <source>Segmentation objects for the DICOM pictures of the case.</source>
        <translation>Segmentierungsobjekte zu den DICOM-Bildern des Falls.</translation>
    </message>
    <message>
        <source>Measurements (DICOM structured reports)</source>
        <translation>Messungen (strukturierte DICOM-Berichte)</translation>
    </message>
    <message>
        <source>Measurement reports (TID 1500) for the DICOM pictures of the case.</source>
        <translation>Messberichte (TID 1500) zu den DICOM-Bildern des Falls.</translation>
    </message>
    <message>
        <source>DICOM files (folder)</source>
        <translation>DICOM-Dateien (Ordner)</translation>
    </message>
    <message>
        <source>Copies of the DICOM files, as they are or as de-identification leaves them.</source>
        <translation>Kopien der DICOM-Dateien, wie sie sind oder wie die De-Identifizierung sie lässt.</translation>
    </message>
    <message>
        <source>Regions (COCO)</source>
        <translation>Regionen (COCO)</translation>
    </message>
    <message>
        <source>Outlines of regions in the format of COCO.</source>
        <translation>Umrisse der Regionen im Format von COCO.</translation>
    </message>
    <message>
        <source>Regions (labelme folder)</source>
        <translation>Regionen (labelme-Ordner)</translation>
    </message>
    <message>
        <source>One file an image, to be edited with labelme.</source>
        <translation>Eine Datei je Bild, zum Bearbeiten mit labelme.</translation>
    </message>
    <message>
        <source>Regions (YOLO folder)</source>
        <translation>Regionen (YOLO-Ordner)</translation>
    </message>
    <message>
        <source>Pictures and outlines as training data.</source>
        <translation>Bilder und Umrisse als Trainingsdaten.</translation>
    </message>
    <message>
        <source>Places (KML)</source>
        <translation>Orte (KML)</translation>
    </message>
    <message>
        <source>Where pictures were taken and which coordinates texts name, for Google Earth.</source>
        <translation>Wo Bilder entstanden und welche Koordinaten Texte nennen, für Google Earth.</translation>
    </message>
    <message>
        <source>Places (GPX)</source>
        <translation>Orte (GPX)</translation>
    </message>
    <message>
        <source>The same as waypoints for navigation devices.</source>
        <translation>Dasselbe als Wegpunkte für Navigationsgeräte.</translation>
    </message>
    <message>
        <source>Places (GeoJSON)</source>
        <translation>Orte (GeoJSON)</translation>
    </message>
    <message>
        <source>The same for geographic information systems.</source>
        <translation>Dasselbe für Geoinformationssysteme.</translation>
    </message>
</context>
<context>
    <name>FourEyes</name>
    <message>
        <source>Export my decisions</source>
        <translation>Meine Entscheidungen exportieren</translation>
    </message>
    <message>
        <source>Decisions (*.json)</source>
        <translation>Entscheidungen (*.json)</translation>
    </message>
    <message>
        <source>A second examiner&apos;s decisions</source>
        <translation>Entscheidungen eines zweiten Prüfers</translation>
    </message>
    <message>
        <source>Decisions exported</source>
        <translation>Entscheidungen exportiert</translation>
    </message>
    <message>
        <source>Decisions: {0}, bookmarks: {1}, by {2}. They are in {3}.</source>
        <translation>Entscheidungen: {0}, Lesezeichen: {1}, von {2}. Sie stehen in {3}.</translation>
    </message>
    <message>
        <source>Send this SHA-256 to the second examiner by another way than the file, so that any change to the file shows:
{0}</source>
        <translation>Geben Sie dem zweiten Prüfer diesen SHA-256 auf einem anderen Weg als die Datei, damit jede Änderung der Datei auffällt:
{0}</translation>
    </message>
    <message>
        <source>Copy SHA-256</source>
        <translation>SHA-256 kopieren</translation>
    </message>
    <message>
        <source>{0} decisions and {1} bookmarks came in; {2} were here already.</source>
        <translation>{0} Entscheidungen und {1} Lesezeichen kamen herein; {2} waren schon da.</translation>
    </message>
</context>
<context>
    <name>FrameBar</name>
    <message>
        <source>Frame</source>
        <translation>Einzelbild</translation>
    </message>
    <message>
        <source>frame {0} of {1}</source>
        <translation>Einzelbild {0} von {1}</translation>
    </message>
</context>
<context>
    <name>GalleryBar</name>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>as in the case</source>
        <translation>wie im Fall</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>nach Name</translation>
    </message>
    <message>
        <source>newest first</source>
        <translation>neueste zuerst</translation>
    </message>
    <message>
        <source>oldest first</source>
        <translation>älteste zuerst</translation>
    </message>
    <message>
        <source>most contradictions first</source>
        <translation>meiste Widersprüche zuerst</translation>
    </message>
    <message>
        <source>surest finding first</source>
        <translation>sicherster Befund zuerst</translation>
    </message>
    <message>
        <source>least sure finding first</source>
        <translation>unsicherster Befund zuerst</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>größte zuerst</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>no groups</source>
        <translation>keine Gruppen</translation>
    </message>
    <message>
        <source>by subject</source>
        <translation>nach Person</translation>
    </message>
    <message>
        <source>by study</source>
        <translation>nach Studie</translation>
    </message>
    <message>
        <source>by folder</source>
        <translation>nach Ordner</translation>
    </message>
    <message>
        <source>by day</source>
        <translation>nach Tag</translation>
    </message>
    <message>
        <source>by kind of picture</source>
        <translation>nach Bildart</translation>
    </message>
    <message>
        <source>near-duplicates</source>
        <translation>fast gleiche Bilder</translation>
    </message>
    <message>
        <source>Close all groups</source>
        <translation>Alle Gruppen zuklappen</translation>
    </message>
    <message>
        <source>Open all groups</source>
        <translation>Alle Gruppen aufklappen</translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation>Größe der Vorschau</translation>
    </message>
    <message>
        <source>Thumbnail size; also Ctrl with plus, minus or the wheel</source>
        <translation>Größe der Vorschau; auch Strg mit Plus, Minus oder dem Rad</translation>
    </message>
    <message>
        <source>{0} images</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>{0} of {1} images</source>
        <translation>{0} von {1} Bildern</translation>
    </message>
</context>
<context>
    <name>GalleryPage</name>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>looking for duplicates…</source>
        <translation>Doppelte werden gesucht…</translation>
    </message>
    <message>
        <source>This case has no images yet. Drop folders or files on this window.</source>
        <translation>Dieser Fall hat noch keine Bilder. Ziehen Sie Ordner oder Dateien auf dieses Fenster.</translation>
    </message>
    <message>
        <source>No image fits these facets. “Clear all” shows every image again.</source>
        <translation>Kein Bild passt zu diesen Facetten. „Alles aufheben“ zeigt wieder alle Bilder.</translation>
    </message>
</context>
<context>
    <name>GraphPage</name>
    <message>
        <source>Ties in words</source>
        <translation>Zusammenhänge in Worten</translation>
    </message>
    <message>
        <source>Nothing is tied to it.</source>
        <translation>Nichts hängt damit zusammen.</translation>
    </message>
    <message>
        <source>In the middle</source>
        <translation>In der Mitte</translation>
    </message>
    <message>
        <source>Put into the middle</source>
        <translation>In die Mitte setzen</translation>
    </message>
    <message>
        <source>Show what stands around the chosen card (Enter, or a double click)</source>
        <translation>Zeigen, was um die gewählte Karte steht (Eingabe oder Doppelklick)</translation>
    </message>
    <message>
        <source>Show large</source>
        <translation>Groß zeigen</translation>
    </message>
    <message>
        <source>Show the chosen image or report beside its partner</source>
        <translation>Das gewählte Bild oder den Bericht neben dem Gegenstück zeigen</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>around</source>
        <translation>um</translation>
    </message>
    <message>
        <source>solid line: links support     dashed line with ≠: links contradict     dotted: compared, no link     thin: named in the text, or about this person</source>
        <translation>durchgezogen: Verknüpfungen stützen     gestrichelt mit ≠: Verknüpfungen widersprechen     gepunktet: verglichen, keine Verknüpfung     dünn: im Text genannt oder über diese Person</translation>
    </message>
    <message>
        <source>{0} shown, {1} more left off</source>
        <translation>{0} gezeigt, {1} weitere weggelassen</translation>
    </message>
    <message>
        <source>{0} shown, nothing left off</source>
        <translation>{0} gezeigt, nichts weggelassen</translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
</context>
<context>
    <name>ImageCanvas</name>
    <message>
        <source>Image with regions</source>
        <translation>Bild mit Regionen</translation>
    </message>
</context>
<context>
    <name>ImagePanel</name>
    <message>
        <source>Opacity of regions</source>
        <translation>Deckkraft der Regionen</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Facts about the selection</source>
        <translation>Angaben zur Auswahl</translation>
    </message>
    <message>
        <source>⚑ Bookmark: {0}</source>
        <translation>⚑ Lesezeichen: {0}</translation>
    </message>
</context>
<context>
    <name>IssuePage</name>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Every file could be read.</source>
        <translation>Jede Datei konnte gelesen werden.</translation>
    </message>
    <message>
        <source>Try this file again</source>
        <translation>Diese Datei noch einmal versuchen</translation>
    </message>
    <message>
        <source>Reads the file of the selected issue again</source>
        <translation>Liest die Datei des ausgewählten Problems noch einmal</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Reads every file again that has an issue</source>
        <translation>Liest jede Datei noch einmal, die ein Problem hat</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) or step(s)</source>
        <translation>
            <numerusform>%Ln Datei oder Schritt</numerusform>
            <numerusform>%Ln Dateien oder Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>The evidence is not where it was: see Case ▸ Evidence folders.</source>
        <translation>Das Material liegt nicht mehr am alten Platz: siehe Fall ▸ Materialordner.</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Progress of the job</source>
        <translation>Fortschritt der Aufgabe</translation>
    </message>
    <message>
        <source>starting the engine</source>
        <translation>Rechenmaschine startet</translation>
    </message>
    <message>
        <source>Cancelled. What was saved stays; run it again to go on.</source>
        <translation>Abgebrochen. Gespeichertes bleibt; ein neuer Lauf macht weiter.</translation>
    </message>
</context>
<context>
    <name>JobPage</name>
    <message>
        <source>Past jobs</source>
        <translation>Frühere Aufgaben</translation>
    </message>
    <message>
        <source>Nothing has run yet.</source>
        <translation>Noch ist nichts gelaufen.</translation>
    </message>
    <message>
        <source>Log of the engine</source>
        <translation>Protokoll der Rechenmaschine</translation>
    </message>
    <message>
        <source>The engine had nothing to say.</source>
        <translation>Die Rechenmaschine hatte nichts zu sagen.</translation>
    </message>
    <message>
        <source>Jobs of today and runs of this case</source>
        <translation>Aufgaben von heute und Läufe dieses Falls</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>New case</source>
        <translation>Neuer Fall</translation>
    </message>
    <message>
        <source>A look at the evidence</source>
        <translation>Ein Blick auf das Material</translation>
    </message>
    <message>
        <source>Reading evidence</source>
        <translation>Material lesen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Prüfung der Unversehrtheit</translation>
    </message>
    <message>
        <source>Case settings</source>
        <translation>Fall-Einstellungen</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>A newer format</source>
        <translation>Neueres Format</translation>
    </message>
    <message>
        <source>Evidence folder</source>
        <translation>Materialordner</translation>
    </message>
    <message>
        <source>Sample case</source>
        <translation>Beispielfall</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Adding a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Removing a model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Choosing a model</source>
        <translation>Modell auswählen</translation>
    </message>
    <message>
        <source>Writing decisions</source>
        <translation>Entscheidungen schreiben</translation>
    </message>
    <message>
        <source>Taking in decisions</source>
        <translation>Entscheidungen aufnehmen</translation>
    </message>
    <message>
        <source>Comparing decisions</source>
        <translation>Entscheidungen vergleichen</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>broken off</source>
        <translation>abgerissen</translation>
    </message>
    <message>
        <source>outlines of things in pictures</source>
        <translation>Umrisse von Dingen in Bildern</translation>
    </message>
    <message>
        <source>boxes around things in pictures</source>
        <translation>Kästen um Dinge in Bildern</translation>
    </message>
    <message>
        <source>finer outlines</source>
        <translation>feinere Umrisse</translation>
    </message>
    <message>
        <source>kinds of pictures</source>
        <translation>Bildarten</translation>
    </message>
    <message>
        <source>phrases in texts</source>
        <translation>Textstellen</translation>
    </message>
    <message>
        <source>reading of clinical texts</source>
        <translation>Lesen klinischer Texte</translation>
    </message>
    <message>
        <source>grammar</source>
        <translation>Grammatik</translation>
    </message>
    <message>
        <source>meaning of sentences</source>
        <translation>Sinn von Sätzen</translation>
    </message>
    <message>
        <source>what is denied or only possible</source>
        <translation>was verneint oder nur möglich ist</translation>
    </message>
    <message>
        <source>which report belongs to which picture</source>
        <translation>welcher Bericht zu welchem Bild gehört</translation>
    </message>
    <message>
        <source>how picture and text relate</source>
        <translation>wie Bild und Text zusammenhängen</translation>
    </message>
    <message>
        <source>links between phrases and regions</source>
        <translation>Verknüpfungen zwischen Textstellen und Regionen</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>DICOM</source>
        <translation>DICOM</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>reiner Text</translation>
    </message>
    <message>
        <source>RTF text</source>
        <translation>RTF-Text</translation>
    </message>
    <message>
        <source>web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word-Dokument</translation>
    </message>
    <message>
        <source>old Word document</source>
        <translation>altes Word-Dokument</translation>
    </message>
    <message>
        <source>OpenDocument text</source>
        <translation>OpenDocument-Text</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>e-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Outlook message</source>
        <translation>Outlook-Nachricht</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>workbook</source>
        <translation>Arbeitsmappe</translation>
    </message>
    <message>
        <source>records, one a line</source>
        <translation>Datensätze, einer je Zeile</translation>
    </message>
    <message>
        <source>presentation</source>
        <translation>Präsentation</translation>
    </message>
    <message>
        <source>archive</source>
        <translation>Archiv</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys and actions</source>
        <translation>Tasten und Aktionen</translation>
    </message>
    <message>
        <source>Filter actions</source>
        <translation>Aktionen filtern</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>New key for the chosen action</source>
        <translation>Neue Taste für die gewählte Aktion</translation>
    </message>
    <message>
        <source>Set key</source>
        <translation>Taste setzen</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>Übliche Taste</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>On the image the wheel zooms to the pointer, left drag moves, right drag changes the window of DICOM values. In a report Alt+Down and Alt+Up go from one marked phrase to the next. Press a key in the field to give it to the chosen action.</source>
        <translation>Auf dem Bild vergrößert das Rad zum Zeiger hin, Ziehen mit links verschiebt, Ziehen mit rechts ändert das Fenster der DICOM-Werte. In einem Bericht führen Alt+Ab und Alt+Auf von einer markierten Textstelle zur nächsten. Drücken Sie im Feld eine Taste, um sie der gewählten Aktion zu geben.</translation>
    </message>
    <message>
        <source>{0} belongs to “{1}”; give that another key first.</source>
        <translation>{0} gehört zu „{1}“; geben Sie jener zuerst eine andere Taste.</translation>
    </message>
    <message>
        <source>Choose an action to give it another key.</source>
        <translation>Wählen Sie eine Aktion, um ihr eine andere Taste zu geben.</translation>
    </message>
</context>
<context>
    <name>LabelBar</name>
    <message>
        <source>Label of the region</source>
        <translation>Bezeichnung der Region</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Bezeichnung</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>LanguageDialog</name>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>The window speaks it when it is opened again.</source>
        <translation>Das Fenster spricht sie, wenn es wieder geöffnet wird.</translation>
    </message>
</context>
<context>
    <name>Magnifier</name>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>offline: no network used</source>
        <translation>offline: kein Netzwerk benutzt</translation>
    </message>
    <message>
        <source>Casebook opens no connection; it works with the network unplugged.</source>
        <translation>Casebook öffnet keine Verbindung; es arbeitet auch mit gezogenem Netzwerkkabel.</translation>
    </message>
    <message>
        <source>engine ready · {0}</source>
        <translation>Rechenmaschine bereit · {0}</translation>
    </message>
    <message>
        <source>engine warming up: search by words only</source>
        <translation>Rechenmaschine läuft warm: Suche nur nach Wörtern</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Important</source>
        <translation>Wichtig</translation>
    </message>
    <message>
        <source>Ask someone</source>
        <translation>Frage jemanden</translation>
    </message>
    <message>
        <source>For the report</source>
        <translation>Zum Bericht</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Category {0}</source>
        <translation>Kategorie {0}</translation>
    </message>
    <message>
        <source>Select what the bookmark is for.</source>
        <translation>Wählen Sie, wofür das Lesezeichen ist.</translation>
    </message>
    <message>
        <source>Bookmarked: {0}</source>
        <translation>Lesezeichen gesetzt: {0}</translation>
    </message>
    <message>
        <source>Bookmark removed: {0}</source>
        <translation>Lesezeichen entfernt: {0}</translation>
    </message>
    <message>
        <source>This case is open for reading only; nothing was written.</source>
        <translation>Dieser Fall ist nur zum Lesen offen; nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>MarksPage</name>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>No bookmarks yet. Select a finding, an image or a report and press a digit from 1 to 9.</source>
        <translation>Noch keine Lesezeichen. Wählen Sie einen Befund, ein Bild oder einen Bericht und drücken Sie eine Ziffer von 1 bis 9.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take the chosen bookmark away; the case remembers that it was there</source>
        <translation>Das gewählte Lesezeichen wegnehmen; der Fall merkt sich, dass es da war</translation>
    </message>
    <message>
        <source>Every category</source>
        <translation>Jede Kategorie</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bookmark(s)</source>
        <translation>
            <numerusform>%Ln Lesezeichen</numerusform>
            <numerusform>%Ln Lesezeichen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Everything is computed on this workstation.</source>
        <translation>Alles wird auf diesem Arbeitsplatz gerechnet.</translation>
    </message>
    <message>
        <source>Models and training</source>
        <translation>Modelle und Training</translation>
    </message>
</context>
<context>
    <name>NameSearch</name>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Looks for</source>
        <translation>Sucht nach</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>There is a search of this name; it will be replaced.</source>
        <translation>Es gibt eine Suche dieses Namens; sie wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>NewCaseDialog</name>
    <message>
        <source>New case</source>
        <translation>Neuer Fall</translation>
    </message>
    <message>
        <source>Medical: radiographs, scans and clinical reports</source>
        <translation>Medizinisch: Röntgenbilder, Schichtbilder und klinische Berichte</translation>
    </message>
    <message>
        <source>Forensic: evidence photographs and examiners&apos; notes</source>
        <translation>Forensisch: Fotos von Beweismitteln und Notizen der Prüfer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>e.g. Chest clinic, spring</source>
        <translation>z. B. Lungenambulanz, Frühjahr</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Aktenzeichen</translation>
    </message>
    <message>
        <source>file number, optional</source>
        <translation>Aktenzeichen, freiwillig</translation>
    </message>
    <message>
        <source>Examiner</source>
        <translation>Prüfer</translation>
    </message>
    <message>
        <source>who decides; stands beside every decision</source>
        <translation>wer entscheidet; steht neben jeder Entscheidung</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Encrypt the case file with a passphrase</source>
        <translation>Die Falldatei mit einer Passphrase verschlüsseln</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Reference</source>
        <translation>&amp;Aktenzeichen</translation>
    </message>
    <message>
        <source>&amp;Examiner</source>
        <translation>&amp;Prüfer</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Folder for the case file</source>
        <translation>Ordner für die Falldatei</translation>
    </message>
    <message>
        <source>There is a case of this name already: {0}</source>
        <translation>Es gibt schon einen Fall dieses Namens: {0}</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>New passphrase again</source>
        <translation>Neue Passphrase noch einmal</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>Zeigen, was ich tippe</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>{0} characters or more; several words are best.</source>
        <translation>{0} Zeichen oder mehr; am besten mehrere Wörter.</translation>
    </message>
    <message>
        <source>The two are not the same yet.</source>
        <translation>Die beiden sind noch nicht gleich.</translation>
    </message>
    <message>
        <source>Type it once more.</source>
        <translation>Bitte noch einmal tippen.</translation>
    </message>
    <message>
        <source>Keep it well: a forgotten passphrase cannot be found again, and without it nobody can read the case.</source>
        <translation>Gut aufbewahren: Eine vergessene Passphrase lässt sich nicht wiederfinden, und ohne sie kann niemand den Fall lesen.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>more folders to learn from, with commas between</source>
        <translation>weitere Ordner zum Lernen, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>pictures for each step</source>
        <translation>Bilder je Schritt</translation>
    </message>
    <message>
        <source>the network that looks at the pictures: finetuned or a model of kinds of pictures</source>
        <translation>das Netz, das die Bilder ansieht: finetuned oder ein Modell für Bildarten</translation>
    </message>
    <message>
        <source>pictures are turned by up to so many degrees</source>
        <translation>Bilder werden um bis zu so viele Grad gedreht</translation>
    </message>
    <message>
        <source>cpu, or 0 for the first graphics card</source>
        <translation>cpu, oder 0 für die erste Grafikkarte</translation>
    </message>
    <message>
        <source>how often all pictures are learned from</source>
        <translation>wie oft aus allen Bildern gelernt wird</translation>
    </message>
    <message>
        <source>features (of links) or autoencoder (of pictures and sentences)</source>
        <translation>features (der Verknüpfungen) oder autoencoder (der Bilder und Sätze)</translation>
    </message>
    <message>
        <source>chance of a picture mirrored left to right; 0 where sides have names</source>
        <translation>Anteil seitlich gespiegelter Bilder; 0, wo Seiten benannt werden</translation>
    </message>
    <message>
        <source>chance of a picture upside down</source>
        <translation>Anteil auf den Kopf gestellter Bilder</translation>
    </message>
    <message>
        <source>yes: learn and look in gray</source>
        <translation>yes: in Grau lernen und ansehen</translation>
    </message>
    <message>
        <source>which sets of labels to learn, with commas between; empty: all</source>
        <translation>welche Sätze von Kategorien gelernt werden, durch Kommas getrennt; leer: alle</translation>
    </message>
    <message>
        <source>share of the pictures that is kept apart to measure on</source>
        <translation>Anteil der Bilder, der zum Messen beiseitebleibt</translation>
    </message>
    <message>
        <source>a text file with the names of the pictures to use</source>
        <translation>eine Textdatei mit den Namen der Bilder, die verwendet werden</translation>
    </message>
    <message>
        <source>side of the square that the network sees, in pixels</source>
        <translation>Seite des Quadrats, das das Netz sieht, in Pixeln</translation>
    </message>
    <message>
        <source>how far each step goes</source>
        <translation>wie weit jeder Schritt geht</translation>
    </message>
    <message>
        <source>what the model&apos;s card says about its licence</source>
        <translation>was die Modellkarte über die Lizenz sagt</translation>
    </message>
    <message>
        <source>features (of links) or network (of pixels and sentences)</source>
        <translation>features (der Verknüpfungen) oder network (der Bildpunkte und Sätze)</translation>
    </message>
    <message>
        <source>an end to the time; the number of epochs follows from the speed</source>
        <translation>eine Grenze für die Zeit; die Zahl der Epochen folgt aus der Geschwindigkeit</translation>
    </message>
    <message>
        <source>on how many of five parts it is measured</source>
        <translation>auf wie vielen von fünf Teilen gemessen wird</translation>
    </message>
    <message>
        <source>an end to the time</source>
        <translation>eine Grenze für die Zeit</translation>
    </message>
    <message>
        <source>chance of two pictures laid over each other</source>
        <translation>Anteil zweier übereinandergelegter Bilder</translation>
    </message>
    <message>
        <source>further files of pairs, with commas between</source>
        <translation>weitere Dateien mit Paaren, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>chance of four pictures put together</source>
        <translation>Anteil aus vieren zusammengesetzter Bilder</translation>
    </message>
    <message>
        <source>how steps are found: AdamW or SGD</source>
        <translation>wie Schritte gefunden werden: AdamW oder SGD</translation>
    </message>
    <message>
        <source>how long a second network learns to draw the outlines anew; 0: none</source>
        <translation>wie lange ein zweites Netz lernt, die Umrisse neu zu ziehen; 0: keines</translation>
    </message>
    <message>
        <source>how often all texts are learned from</source>
        <translation>wie oft aus allen Texten gelernt wird</translation>
    </message>
    <message>
        <source>it ends after so many epochs or passes without a gain; 0: never</source>
        <translation>es endet nach so vielen Epochen oder Durchgängen ohne Gewinn; 0: nie</translation>
    </message>
    <message>
        <source>how strongly large weights are held back</source>
        <translation>wie stark große Gewichte zurückgehalten werden</translation>
    </message>
    <message>
        <source>share of the epochs, at the end, without mosaics</source>
        <translation>Anteil der Epochen, am Ende, ohne Zusammensetzen</translation>
    </message>
    <message>
        <source>auto, bf16 (faster where the processor can) or fp32</source>
        <translation>auto, bf16 (schneller, wo der Prozessor es kann) oder fp32</translation>
    </message>
    <message>
        <source>a choice of all that is left empty here, by its name</source>
        <translation>eine Auswahl für alles, was hier leer bleibt, mit ihrem Namen</translation>
    </message>
    <message>
        <source>labels to learn as another one, as angle=fracture</source>
        <translation>Kategorien, die als eine andere gelernt werden, etwa angle=fracture</translation>
    </message>
    <message>
        <source>pictures get larger or smaller by up to this share</source>
        <translation>Bilder werden um bis zu diesem Anteil größer oder kleiner</translation>
    </message>
    <message>
        <source>the kinds of pictures that the model looks at, with commas between; empty: all</source>
        <translation>die Bildarten, die das Modell ansieht, durch Kommas getrennt; leer: alle</translation>
    </message>
    <message>
        <source>a number from which all chance follows: equal seeds, equal models</source>
        <translation>eine Zahl, aus der aller Zufall folgt: gleiche Zahl, gleiches Modell</translation>
    </message>
    <message>
        <source>auto, mask (outlines) or box</source>
        <translation>auto, mask (Umrisse) oder box (Rechtecke)</translation>
    </message>
    <message>
        <source>weights or a model to go on from; empty: random weights</source>
        <translation>Gewichte oder ein Modell, von dem aus weitergelernt wird; leer: Zufallsgewichte</translation>
    </message>
    <message>
        <source>cores that are used</source>
        <translation>Prozessorkerne, die verwendet werden</translation>
    </message>
    <message>
        <source>the version that the model&apos;s card names</source>
        <translation>die Version, die die Modellkarte nennt</translation>
    </message>
    <message>
        <source>yes: learn the parts that are meant to measure on, too</source>
        <translation>yes: auch aus den Teilen lernen, die zum Messen gedacht sind</translation>
    </message>
</context>
<context>
    <name>Originals</name>
    <message>
        <source>{0} is not where the case knows it; say where its folder lies now under Case, Evidence folders.</source>
        <translation>{0} ist nicht, wo der Fall es kennt; sagen Sie unter Fall, Materialordner, wo der Ordner jetzt liegt.</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Original öffnen</translation>
    </message>
    <message>
        <source>Open {0} in another program?</source>
        <translation>{0} in einem anderen Programm öffnen?</translation>
    </message>
    <message>
        <source>This is evidence, and whatever it holds runs in that program and not in Casebook&apos;s guarded reader. The program may also change the file or its dates. Work on a copy where that matters; “casebook verify” tells whether the file is still what was recorded.

{0}</source>
        <translation>Das ist Beweismaterial, und was immer darin steckt, läuft in jenem Programm und nicht in Casebooks geschütztem Leser. Das Programm kann auch die Datei oder ihre Zeiten ändern. Arbeiten Sie mit einer Kopie, wo es darauf ankommt; „casebook verify“ sagt, ob die Datei noch ist, was festgehalten wurde.

{0}</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verknüpfungen</translation>
    </message>
    <message>
        <source>Contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Decided by a person</source>
        <translation>Von einem Menschen entschieden</translation>
    </message>
    <message>
        <source>Add evidence</source>
        <translation>Material hinzufügen</translation>
    </message>
    <message>
        <source>Drop folders or files anywhere on this window. They are only read, never changed, and every file is recorded with its SHA-256.</source>
        <translation>Ziehen Sie Ordner oder Dateien irgendwo auf dieses Fenster. Sie werden nur gelesen, nie verändert, und jede Datei wird mit ihrem SHA-256 festgehalten.</translation>
    </message>
    <message>
        <source>Add evidence folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Medical case</source>
        <translation>Medizinischer Fall</translation>
    </message>
    <message>
        <source>Forensic case</source>
        <translation>Forensischer Fall</translation>
    </message>
    <message>
        <source>{0} regions</source>
        <translation>{0} Regionen</translation>
    </message>
    <message>
        <source>{0} phrases</source>
        <translation>{0} Textstellen</translation>
    </message>
    <message>
        <source>{0} image–report pairs</source>
        <translation>{0} Paare aus Bild und Bericht</translation>
    </message>
    <message>
        <source>worst first, to be decided by you</source>
        <translation>schwerste zuerst, von Ihnen zu entscheiden</translation>
    </message>
    <message>
        <source>files that could not be read</source>
        <translation>Dateien, die nicht gelesen werden konnten</translation>
    </message>
    <message>
        <source>findings confirmed, rejected or corrected</source>
        <translation>Befunde bestätigt, verworfen oder korrigiert</translation>
    </message>
</context>
<context>
    <name>PairPage</name>
    <message>
        <source>Links</source>
        <translation>Verknüpfungen</translation>
    </message>
    <message>
        <source>Nothing ties this image to this report: no phrase names what the picture shows.</source>
        <translation>Nichts verbindet dieses Bild mit diesem Bericht: Keine Textstelle nennt, was das Bild zeigt.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Links between phrase and region</source>
        <translation>Verknüpfungen zwischen Textstelle und Region</translation>
    </message>
    <message>
        <source>No report is related to this image.</source>
        <translation>Kein Bericht hängt mit diesem Bild zusammen.</translation>
    </message>
</context>
<context>
    <name>PartnerBoxes</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Encrypted case</source>
        <translation>Verschlüsselter Fall</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>Zeigen, was ich tippe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Passphrase of {0}</source>
        <translation>Passphrase von {0}</translation>
    </message>
    <message>
        <source>A forgotten passphrase cannot be found again: without it nobody can read the case.</source>
        <translation>Eine vergessene Passphrase lässt sich nicht wiederfinden: Ohne sie kann niemand den Fall lesen.</translation>
    </message>
</context>
<context>
    <name>PictureTools</name>
    <message>
        <source>Select a region first: click on it, or in the list of regions.</source>
        <translation>Wählen Sie zuerst eine Region: mit einem Klick darauf oder in der Liste der Regionen.</translation>
    </message>
    <message>
        <source>Pull a corner, or choose it with Tab and move it with the arrows (Ctrl moves all). Double-click adds one, Delete takes one away. Enter saves, Escape leaves it as it was.</source>
        <translation>Ziehen Sie eine Ecke, oder wählen Sie sie mit Tab und bewegen Sie sie mit den Pfeilen (Strg bewegt alle). Ein Doppelklick fügt eine hinzu, Entf nimmt eine weg. Eingabe speichert, Esc lässt alles, wie es war.</translation>
    </message>
    <message>
        <source>{0} of its corners lie too close and are left out.</source>
        <translation>{0} seiner Ecken liegen zu dicht und werden ausgelassen.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Click corner by corner, or draw along the edge. Enter or a double click closes it, Backspace takes a corner back. By keys: arrows and Space.</source>
        <translation>Klicken Sie Ecke für Ecke oder ziehen Sie am Rand entlang. Eingabe oder ein Doppelklick schließt den Umriss, die Rücktaste nimmt eine Ecke zurück. Mit Tasten: Pfeile und Leertaste.</translation>
    </message>
    <message>
        <source>Pull from corner to corner. By keys: arrows, Space for each corner.</source>
        <translation>Ziehen Sie von Ecke zu Ecke. Mit Tasten: Pfeile, Leertaste für jede Ecke.</translation>
    </message>
    <message>
        <source>Pull along what you want to measure. By keys: arrows, Space for each end.</source>
        <translation>Ziehen Sie entlang dessen, was Sie messen wollen. Mit Tasten: Pfeile, Leertaste für jedes Ende.</translation>
    </message>
    <message>
        <source>Click around the area; Enter or a double click closes it.</source>
        <translation>Klicken Sie um die Fläche herum; Eingabe oder ein Doppelklick schließt sie.</translation>
    </message>
    <message>
        <source>The file does not say how large a pixel is, so there are no millimeters.</source>
        <translation>Die Datei sagt nicht, wie groß ein Bildpunkt ist; darum gibt es keine Millimeter.</translation>
    </message>
    <message>
        <source>Which label does it have?</source>
        <translation>Welche Bezeichnung hat sie?</translation>
    </message>
    <message>
        <source>Which label is right for “{0}”?</source>
        <translation>Welche Bezeichnung ist richtig für „{0}“?</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>The thumbnail is shown until the engine has the picture.</source>
        <translation>Die Vorschau wird gezeigt, bis die Rechenmaschine das Bild hat.</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>wird geladen…</translation>
    </message>
    <message>
        <source>thumbnail</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>PlacesPage</name>
    <message>
        <source>Filter places</source>
        <translation>Orte filtern</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>No image carries coordinates or an institution, and no text names a place.</source>
        <translation>Kein Bild trägt Koordinaten oder eine Einrichtung, und kein Text nennt einen Ort.</translation>
    </message>
    <message>
        <source>Images and reports of the place</source>
        <translation>Bilder und Berichte des Ortes</translation>
    </message>
    <message>
        <source>Choose a place on the left.</source>
        <translation>Wählen Sie links einen Ort.</translation>
    </message>
</context>
<context>
    <name>PreflightDialog</name>
    <message>
        <source>Add evidence</source>
        <translation>Material hinzufügen</translation>
    </message>
    <message>
        <source>Looking at what is there…</source>
        <translation>Es wird angesehen, was da ist…</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>Dateien werden angesehen</translation>
    </message>
    <message>
        <source>Files by format</source>
        <translation>Dateien nach Format</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Files are only read, never changed. You can look at what has come in while the rest is read, and stop at any time: what is saved stays.</source>
        <translation>Dateien werden nur gelesen, nie verändert. Was schon da ist, können Sie ansehen, während der Rest gelesen wird; Sie können jederzeit anhalten: Gespeichertes bleibt.</translation>
    </message>
    <message>
        <source>Start without waiting</source>
        <translation>Starten, ohne zu warten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) seen so far</source>
        <translation>
            <numerusform>Bisher %Ln Datei gesehen</numerusform>
            <numerusform>Bisher %Ln Dateien gesehen</numerusform>
        </translation>
    </message>
    <message>
        <source>It could not be looked at beforehand.</source>
        <translation>Es konnte nicht im Voraus angesehen werden.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>About {0}</source>
        <translation>Etwa {0}</translation>
    </message>
    <message numerus="yes">
        <source>, as fast as %n earlier run(s) on this computer</source>
        <translation>
            <numerusform>, so schnell wie %n früherer Lauf auf diesem Rechner</numerusform>
            <numerusform>, so schnell wie %n frühere Läufe auf diesem Rechner</numerusform>
        </translation>
    </message>
    <message>
        <source>, by the rates of a computer with two cores</source>
        <translation>, gerechnet mit einem Rechner mit zwei Kernen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are in the case already and are not read again</source>
        <translation>
            <numerusform>%Ln Datei ist schon im Fall und wird nicht noch einmal gelesen</numerusform>
            <numerusform>%Ln Dateien sind schon im Fall und werden nicht noch einmal gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) cannot be read and will be listed as issues</source>
        <translation>
            <numerusform>%Ln Datei kann nicht gelesen werden und wird als Problem aufgeführt</numerusform>
            <numerusform>%Ln Dateien können nicht gelesen werden und werden als Probleme aufgeführt</numerusform>
        </translation>
    </message>
    <message>
        <source>The case will grow by about {0}; {1} are free on its disk.</source>
        <translation>Der Fall wächst um etwa {0}; auf seinem Laufwerk sind {1} frei.</translation>
    </message>
    <message>
        <source>⚠ The case needs about {0}, but only {1} are free on its disk.</source>
        <translation>⚠ Der Fall braucht etwa {0}, aber auf seinem Laufwerk sind nur {1} frei.</translation>
    </message>
</context>
<context>
    <name>Previews</name>
    <message>
        <source>The picture that the engine wrote cannot be shown.</source>
        <translation>Das Bild, das die Rechenmaschine schrieb, kann nicht gezeigt werden.</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>{0} per second</source>
        <translation>{0} je Sekunde</translation>
    </message>
    <message>
        <source>about {0} left</source>
        <translation>noch etwa {0}</translation>
    </message>
    <message>
        <source>Done in {0}. Images: {1}, reports: {2}, links: {3}, issues: {4}.</source>
        <translation>Fertig in {0}. Bilder: {1}, Berichte: {2}, Verknüpfungen: {3}, Probleme: {4}.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>All links</source>
        <translation>Alle Verknüpfungen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>{0} of {1} decided</source>
        <translation>{0} von {1} entschieden</translation>
    </message>
    <message>
        <source>an unnamed examiner</source>
        <translation>ein ungenannter Prüfer</translation>
    </message>
    <message>
        <source>confirmed {0}</source>
        <translation>{0} bestätigt</translation>
    </message>
    <message>
        <source>rejected {0}</source>
        <translation>{0} verworfen</translation>
    </message>
    <message>
        <source>corrected {0}</source>
        <translation>{0} korrigiert</translation>
    </message>
    <message>
        <source>drawn {0}</source>
        <translation>{0} gezeichnet</translation>
    </message>
</context>
<context>
    <name>Queries</name>
    <message>
        <source>This opening is not in the audit log: nothing is written to the case.</source>
        <translation>Dieses Öffnen steht nicht im Prüfprotokoll: Nichts wird in den Fall geschrieben.</translation>
    </message>
</context>
<context>
    <name>RegionTree</name>
    <message>
        <source>Regions of the image</source>
        <translation>Regionen des Bildes</translation>
    </message>
    <message>
        <source>Show parts</source>
        <translation>Teile zeigen</translation>
    </message>
    <message>
        <source>Parts of regions, such as the thirds of a lung</source>
        <translation>Teile von Regionen, etwa die Drittel einer Lunge</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
</context>
<context>
    <name>RelationStrip</name>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Show the reasons for these statements</source>
        <translation>Die Gründe für diese Aussagen zeigen</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>Shared content</source>
        <translation>Gemeinsamer Inhalt</translation>
    </message>
    <message>
        <source>Level of detail</source>
        <translation>Ausführlichkeit</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>because {0}</source>
        <translation>weil {0}</translation>
    </message>
    <message numerus="yes">
        <source>≠ {0} contradicting of %n link(s)</source>
        <translation>
            <numerusform>≠ {0} widersprechende von %n Verknüpfung</numerusform>
            <numerusform>≠ {0} widersprechende von %n Verknüpfungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s), none contradicts</source>
        <translation>
            <numerusform>%n Verknüpfung, kein Widerspruch</numerusform>
            <numerusform>%n Verknüpfungen, keine widerspricht</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>This case has no reports yet. Drop text files here.</source>
        <translation>Dieser Fall hat noch keine Berichte. Ziehen Sie Textdateien hierher.</translation>
    </message>
    <message>
        <source>Links of the phrase</source>
        <translation>Verknüpfungen der Textstelle</translation>
    </message>
    <message>
        <source>Click on a marked phrase to see what links it to a picture.</source>
        <translation>Klicken Sie auf eine markierte Textstelle, um zu sehen, was sie mit einem Bild verknüpft.</translation>
    </message>
    <message>
        <source>Choose a report on the left.</source>
        <translation>Wählen Sie links einen Bericht.</translation>
    </message>
    <message>
        <source>Nothing links this phrase to a picture.</source>
        <translation>Nichts verknüpft diese Textstelle mit einem Bild.</translation>
    </message>
</context>
<context>
    <name>ReportReader</name>
    <message>
        <source>Page of the source</source>
        <translation>Seite der Quelle</translation>
    </message>
    <message>
        <source>Page of the source that is on top of what you see; choose one to go there</source>
        <translation>Seite der Quelle, die oben zu sehen ist; wählen Sie eine, um dorthin zu gehen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find in this report (Ctrl+F)</source>
        <translation>In diesem Bericht suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Original…</source>
        <translation>Original…</translation>
    </message>
    <message>
        <source>Open the original file in another program, after a warning</source>
        <translation>Die Originaldatei nach einer Warnung in einem anderen Programm öffnen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>page {0} of {1}</source>
        <translation>Seite {0} von {1}</translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <source>Report text</source>
        <translation>Text des Berichts</translation>
    </message>
</context>
<context>
    <name>ReviewCommands</name>
    <message>
        <source>Text size: {0} %</source>
        <translation>Textgröße: {0} %</translation>
    </message>
</context>
<context>
    <name>RunningJob</name>
    <message>
        <source>Progress of the job</source>
        <translation>Fortschritt der Aufgabe</translation>
    </message>
    <message>
        <source>Nothing runs.</source>
        <translation>Nichts läuft.</translation>
    </message>
    <message>
        <source>starting the engine</source>
        <translation>Rechenmaschine startet</translation>
    </message>
    <message>
        <source>Waiting behind it: {0}</source>
        <translation>Wartet dahinter: {0}</translation>
    </message>
</context>
<context>
    <name>SavedSearches</name>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Saved in the case, with who saved it and when.</source>
        <translation>Im Fall gespeichert, mit Person und Zeit.</translation>
    </message>
    <message>
        <source>No search is saved yet. Search for something, then press Save… above what was found.</source>
        <translation>Noch keine Suche gespeichert. Suchen Sie nach etwas und drücken Sie dann „Speichern…“ über den Treffern.</translation>
    </message>
</context>
<context>
    <name>SearchHelp</name>
    <message>
        <source>How to search</source>
        <translation>Wie man sucht</translation>
    </message>
    <message>
        <source>words side by side are one topic; synonyms and kinds count</source>
        <translation>Wörter nebeneinander sind ein Thema; Synonyme und Arten zählen mit</translation>
    </message>
    <message>
        <source>exactly these words, nothing that means the same</source>
        <translation>genau diese Wörter, nichts mit demselben Sinn</translation>
    </message>
    <message>
        <source>words that begin so</source>
        <translation>Wörter, die so beginnen</translation>
    </message>
    <message>
        <source>both; NOT or a leading minus is without, OR is either</source>
        <translation>beides; NOT oder ein Minus davor heißt ohne, OR eines von beiden</translation>
    </message>
    <message>
        <source>parentheses group</source>
        <translation>Klammern fassen zusammen</translation>
    </message>
    <message>
        <source>side: left, right, bilateral</source>
        <translation>side: left, right, bilateral</translation>
    </message>
    <message>
        <source>assertion, how the text speaks: present, absent, possible, historical, hypothetical, other-person, any</source>
        <translation>assertion, wie der Text spricht: present, absent, possible, historical, hypothetical, other-person, any</translation>
    </message>
    <message>
        <source>label: what a region or phrase is labeled</source>
        <translation>label: wie eine Region oder Textstelle bezeichnet ist</translation>
    </message>
    <message>
        <source>date: a year, month, day or range; an end may be missing</source>
        <translation>date: ein Jahr, Monat, Tag oder Zeitraum; ein Ende darf fehlen</translation>
    </message>
    <message>
        <source>modality: CT, MR, DX, photograph …</source>
        <translation>modality: CT, MR, DX, photograph …</translation>
    </message>
    <message>
        <source>subject: the person or patient a file names</source>
        <translation>subject: die Person oder der Patient, die eine Datei nennt</translation>
    </message>
    <message>
        <source>reviewed: yes, no, confirmed, rejected, corrected</source>
        <translation>reviewed: yes, no, confirmed, rejected, corrected</translation>
    </message>
    <message>
        <source>Type words as you would say them. A click on an example searches for it.</source>
        <translation>Tippen Sie Wörter, wie Sie sie sagen würden. Ein Klick auf ein Beispiel sucht danach.</translation>
    </message>
    <message>
        <source>Enter searches in the whole case; Ctrl+F beside an open report looks in that report alone. What you looked for before is offered while you type.</source>
        <translation>Eingabe sucht im ganzen Fall; Strg+F neben einem offenen Bericht sucht nur in diesem. Früher Gesuchtes wird beim Tippen angeboten.</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>How the text must speak of it</source>
        <translation>Wie der Text davon sprechen muss</translation>
    </message>
    <message>
        <source>Stated as present</source>
        <translation>Als vorhanden genannt</translation>
    </message>
    <message>
        <source>Stated or denied</source>
        <translation>Genannt oder verneint</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Verneint</translation>
    </message>
    <message>
        <source>Look for more</source>
        <translation>Mehr suchen</translation>
    </message>
    <message>
        <source>Synonyms too</source>
        <translation>Auch Synonyme</translation>
    </message>
    <message>
        <source>Also look for synonyms, kinds and sentences of similar sense</source>
        <translation>Auch nach Synonymen, Arten und Sätzen ähnlichen Sinns suchen</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Type what you look for into the box above and press Enter.</source>
        <translation>Tippen Sie oben ein, was Sie suchen, und drücken Sie Eingabe.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Save this search under a name</source>
        <translation>Diese Suche unter einem Namen speichern</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saved searches: run one again, or delete it</source>
        <translation>Gespeicherte Suchen: noch einmal ausführen oder löschen</translation>
    </message>
    <message>
        <source>How to search: words, phrases, filters</source>
        <translation>Wie man sucht: Wörter, Wendungen, Filter</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>pictures like {0}</source>
        <translation>Bilder wie {0}</translation>
    </message>
    <message>
        <source>regions like “{0}” in {1}</source>
        <translation>Regionen wie „{0}“ in {1}</translation>
    </message>
    <message>
        <source>Search: {0}</source>
        <translation>Suche: {0}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s) by words alone; meaning is still loading…</source>
        <translation>
            <numerusform>%Ln Treffer nur nach Wörtern; der Sinn wird noch geladen…</numerusform>
            <numerusform>%Ln Treffer nur nach Wörtern; der Sinn wird noch geladen…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing fits “{0}”.</source>
        <translation>Nichts passt zu „{0}“.</translation>
    </message>
    <message>
        <source>Also looked for: {0}</source>
        <translation>Auch gesucht: {0}</translation>
    </message>
    <message>
        <source>only exactly these words</source>
        <translation>nur genau diese Wörter</translation>
    </message>
    <message>
        <source>Did you mean {0}?</source>
        <translation>Meinten Sie {0}?</translation>
    </message>
    <message>
        <source>Why: {0}</source>
        <translation>Warum: {0}</translation>
    </message>
</context>
<context>
    <name>SecondImage</name>
    <message>
        <source>Second image</source>
        <translation>Zweites Bild</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Zweites</translation>
    </message>
    <message>
        <source>There is no other image in this case.</source>
        <translation>Es gibt kein anderes Bild in diesem Fall.</translation>
    </message>
</context>
<context>
    <name>SelfTestDialog</name>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>Reads, segments, recognizes, links, searches, exports and verifies the built-in sample.</source>
        <translation>Liest, segmentiert, erkennt, verknüpft, sucht, exportiert und prüft das eingebaute Beispiel.</translation>
    </message>
    <message>
        <source>How far the self-test is</source>
        <translation>Wie weit der Selbsttest ist</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>Was versucht wurde</translation>
    </message>
    <message>
        <source>&amp;Copy as text</source>
        <translation>Als Text &amp;kopieren</translation>
    </message>
    <message>
        <source>{0:.0f} s</source>
        <translation>{0:.0f} s</translation>
    </message>
    <message>
        <source>The self-test did not come to its end.</source>
        <translation>Der Selbsttest kam nicht zu seinem Ende.</translation>
    </message>
    <message>
        <source>The installation works.</source>
        <translation>Die Installation arbeitet.</translation>
    </message>
    <message>
        <source>The installation is damaged, or a model is not what it should be.</source>
        <translation>Die Installation ist beschädigt, oder ein Modell ist nicht, was es sein sollte.</translation>
    </message>
    <message>
        <source>✓ good</source>
        <translation>✓ gut</translation>
    </message>
    <message>
        <source>✗ failed</source>
        <translation>✗ fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>This case is open for reading only; nothing was written.</source>
        <translation>Dieser Fall ist nur zum Lesen offen; nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>ShelfTable</name>
    <message>
        <source>Models on this workstation</source>
        <translation>Modelle auf diesem Arbeitsplatz</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>Add a model…</source>
        <translation>Modell hinzufügen…</translation>
    </message>
    <message>
        <source>A model folder, a model pack, .pt, .onnx or a spaCy package of your own</source>
        <translation>Ein Modellordner, ein Modellpaket, .pt, .onnx oder ein eigenes spaCy-Paket</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Dieses verwenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>as each case says</source>
        <translation>wie jeder Fall es sagt</translation>
    </message>
    <message>
        <source>✓ yes</source>
        <translation>✓ ja</translation>
    </message>
    <message>
        <source>✓ in place of the shipped one</source>
        <translation>✓ anstelle des mitgelieferten</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Models (*.onnx *.pt model.toml config.cfg *.casemodels)</source>
        <translation>Modelle (*.onnx *.pt model.toml config.cfg *.casemodels)</translation>
    </message>
    <message>
        <source>Done. It counts from the next job on.</source>
        <translation>Fertig. Es gilt ab der nächsten Aufgabe.</translation>
    </message>
</context>
<context>
    <name>Ties</name>
    <message>
        <source>Lines between phrase and region</source>
        <translation>Linien zwischen Textstelle und Region</translation>
    </message>
</context>
<context>
    <name>TimelineChart</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Dates in texts</source>
        <translation>Daten in Texten</translation>
    </message>
    <message>
        <source>Nothing has a date.</source>
        <translation>Nichts hat ein Datum.</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Nothing in these days.</source>
        <translation>Nichts in diesen Tagen.</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Dates in texts</source>
        <translation>Daten in Texten</translation>
    </message>
    <message>
        <source>Zoom in: fewer days (+)</source>
        <translation>Vergrößern: weniger Tage (+)</translation>
    </message>
    <message>
        <source>Zoom out: more days (−)</source>
        <translation>Verkleinern: mehr Tage (−)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Show all days (Home)</source>
        <translation>Alle Tage zeigen (Pos1)</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Days and times are UTC. A camera or scanner that names no zone is shown by its own clock, and says so; texts name days as they are written.</source>
        <translation>Tage und Zeiten sind UTC. Eine Kamera oder ein Scanner ohne Zeitzone wird mit der eigenen Uhr gezeigt, und das steht dabei; Texte nennen Tage, wie sie geschrieben sind.</translation>
    </message>
    <message>
        <source>Without a time ({0})</source>
        <translation>Ohne Zeit ({0})</translation>
    </message>
    <message>
        <source>{0} events</source>
        <translation>{0} Ereignisse</translation>
    </message>
    <message>
        <source>{0} without any time</source>
        <translation>{0} ohne jede Zeit</translation>
    </message>
    <message>
        <source>{0} to {1}: {2}</source>
        <translation>{0} bis {1}: {2}</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search images and reports   ( / )</source>
        <translation>Bilder und Berichte suchen   ( / )</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>What to train</source>
        <translation>Was trainiert wird</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>Name des Modells</translation>
    </message>
    <message>
        <source>letters, digits, hyphens</source>
        <translation>Buchstaben, Ziffern, Bindestriche</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>epoch or pass</source>
        <translation>Epoche oder Durchgang</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Empty: as the preset or the data say.</source>
        <translation>Leer: wie die Auswahl oder die Daten es sagen.</translation>
    </message>
    <message>
        <source>This training needs {0}, which is not installed here; it works where Casebook was set up with its training packages.</source>
        <translation>Dieses Training braucht {0}, das hier nicht installiert ist; es geht, wo Casebook mit seinen Trainingspaketen eingerichtet wurde.</translation>
    </message>
    <message>
        <source>There is a model of this name already.</source>
        <translation>Es gibt schon ein Modell dieses Namens.</translation>
    </message>
    <message>
        <source>The training is being prepared…</source>
        <translation>Das Training wird vorbereitet…</translation>
    </message>
    <message>
        <source>{0} is on the shelf after {1}. Compare it under Models, measure it under Evaluation.</source>
        <translation>{0} steht nach {1} im Regal. Vergleichen Sie es unter Modelle, messen Sie es unter Auswertung.</translation>
    </message>
    <message>
        <source>Cancelled; nothing was kept.</source>
        <translation>Abgebrochen; nichts wurde behalten.</translation>
    </message>
</context>
<context>
    <name>UpgradeBox</name>
    <message>
        <source>Older case</source>
        <translation>Älterer Fall</translation>
    </message>
    <message>
        <source>{0} was written by an older Casebook.</source>
        <translation>{0} wurde von einem älteren Casebook geschrieben.</translation>
    </message>
    <message>
        <source>To open it, its format is brought up to date. Findings and decisions stay as they are. The case as it is now is kept beside it as a backup, which older versions can open.</source>
        <translation>Zum Öffnen wird sein Format auf den neuen Stand gebracht. Befunde und Entscheidungen bleiben, wie sie sind. Der Fall, wie er jetzt ist, bleibt als Sicherung daneben, die ältere Versionen öffnen können.</translation>
    </message>
    <message>
        <source>Back up and open</source>
        <translation>Sichern und öffnen</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Recent cases</source>
        <translation>Letzte Fälle</translation>
    </message>
    <message>
        <source>Cases that you open appear here.</source>
        <translation>Hier erscheinen Fälle, die Sie öffnen.</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Neuer Fall</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>Fall öffnen</translation>
    </message>
    <message>
        <source>Models and training</source>
        <translation>Modelle und Training</translation>
    </message>
    <message>
        <source>Casebook</source>
        <translation>Casebook</translation>
    </message>
    <message>
        <source>Brings pictures and words together: which region, which phrase, why, and where they contradict each other. Everything stays on this workstation.</source>
        <translation>Bringt Bilder und Wörter zusammen: welche Region, welche Textstelle, warum, und wo sie einander widersprechen. Alles bleibt auf diesem Arbeitsplatz.</translation>
    </message>
    <message>
        <source>Or drop a case, or folders and files of evidence, anywhere on this window.</source>
        <translation>Oder ziehen Sie einen Fall oder Ordner und Dateien mit Material irgendwo auf dieses Fenster.</translation>
    </message>
    <message>
        <source>Add evidence</source>
        <translation>Material hinzufügen</translation>
    </message>
    <message>
        <source>Drop folders of images and reports; they are only read.</source>
        <translation>Ziehen Sie Ordner mit Bildern und Berichten herein; sie werden nur gelesen.</translation>
    </message>
    <message>
        <source>Look at what is tied</source>
        <translation>Ansehen, was zusammenhängt</translation>
    </message>
    <message>
        <source>Phrases and regions light each other up; contradictions come first.</source>
        <translation>Textstellen und Regionen leuchten gemeinsam auf; Widersprüche kommen zuerst.</translation>
    </message>
    <message>
        <source>Decide and export</source>
        <translation>Entscheiden und exportieren</translation>
    </message>
    <message>
        <source>Confirm or reject with one key; the PDF says who decided what.</source>
        <translation>Mit einer Taste bestätigen oder verwerfen; das PDF sagt, wer was entschied.</translation>
    </message>
</context>
<context>
    <name>WindowLevel</name>
    <message>
        <source>Lung</source>
        <translation>Lunge</translation>
    </message>
    <message>
        <source>Soft tissue</source>
        <translation>Weichteile</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>Knochen</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>Gehirn</translation>
    </message>
    <message>
        <source>C file</source>
        <translation>M Datei</translation>
    </message>
    <message>
        <source>Window center; C file: as in the file</source>
        <translation>Fenstermitte; M Datei: wie in der Datei</translation>
    </message>
    <message>
        <source>W file</source>
        <translation>B Datei</translation>
    </message>
    <message>
        <source>Window width; W file: as in the file</source>
        <translation>Fensterbreite; B Datei: wie in der Datei</translation>
    </message>
    <message>
        <source>Window preset</source>
        <translation>Fenster-Voreinstellung</translation>
    </message>
    <message>
        <source>C </source>
        <translation>M </translation>
    </message>
    <message>
        <source>W </source>
        <translation>B </translation>
    </message>
    <message>
        <source>Window of the values; or drag on the image with the right button</source>
        <translation>Fenster der Werte; oder auf dem Bild mit der rechten Taste ziehen</translation>
    </message>
    <message>
        <source>From file</source>
        <translation>Aus Datei</translation>
    </message>
    <message>
        <source>values {0:.0f} to {1:.0f}</source>
        <translation>Werte {0:.0f} bis {1:.0f}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>≠ they disagree</source>
        <translation>≠ sie sind uneins</translation>
    </message>
    <message>
        <source>= they agree</source>
        <translation>= sie stimmen überein</translation>
    </message>
    <message>
        <source>only decided here</source>
        <translation>nur hier entschieden</translation>
    </message>
    <message>
        <source>only decided by the other</source>
        <translation>nur vom anderen entschieden</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>korrigiert</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>an unnamed examiner</source>
        <translation>ein ungenannter Prüfer</translation>
    </message>
    <message>
        <source>the text names this date: …{0}…</source>
        <translation>der Text nennt dieses Datum: …{0}…</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>no time known</source>
        <translation>keine Zeit bekannt</translation>
    </message>
    <message>
        <source>{0} (day not said)</source>
        <translation>{0} (Tag nicht genannt)</translation>
    </message>
    <message>
        <source>time of the device, its zone is not known</source>
        <translation>Zeit des Geräts, seine Zone ist nicht bekannt</translation>
    </message>
    <message>
        <source>the whole image</source>
        <translation>das ganze Bild</translation>
    </message>
    <message>
        <source>{0} regions</source>
        <translation>{0} Regionen</translation>
    </message>
    <message>
        <source>{0} contradictions</source>
        <translation>{0} Widersprüche</translation>
    </message>
    <message>
        <source>{0} decided</source>
        <translation>{0} entschieden</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>gesehen</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>noch nicht gesehen</translation>
    </message>
    <message>
        <source>no subject stated</source>
        <translation>keine Person genannt</translation>
    </message>
    <message>
        <source>no study stated</source>
        <translation>keine Studie genannt</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>kein Ordner</translation>
    </message>
    <message>
        <source>no date known</source>
        <translation>kein Datum bekannt</translation>
    </message>
    <message>
        <source>kind of picture not known</source>
        <translation>Bildart nicht bekannt</translation>
    </message>
    <message>
        <source>like no other image</source>
        <translation>wie kein anderes Bild</translation>
    </message>
    <message>
        <source>nearly the same, group {0}</source>
        <translation>fast dasselbe, Gruppe {0}</translation>
    </message>
    <message>
        <source>no longer in the case</source>
        <translation>nicht mehr im Fall</translation>
    </message>
    <message>
        <source>around it {0} px</source>
        <translation>{0} px darum herum</translation>
    </message>
    <message>
        <source>seen before</source>
        <translation>schon gesehen</translation>
    </message>
    <message>
        <source>same study</source>
        <translation>dieselbe Studie</translation>
    </message>
    <message>
        <source>same subject</source>
        <translation>dieselbe Person</translation>
    </message>
    <message>
        <source>nearly the same</source>
        <translation>fast dasselbe</translation>
    </message>
    <message>
        <source>other image</source>
        <translation>anderes Bild</translation>
    </message>
    <message>
        <source>coordinates of the camera, within about 100 m</source>
        <translation>Koordinaten der Kamera, auf etwa 100 m</translation>
    </message>
    <message>
        <source>institution named by the scanner</source>
        <translation>vom Scanner genannte Einrichtung</translation>
    </message>
    <message>
        <source>place named in texts</source>
        <translation>in Texten genannter Ort</translation>
    </message>
    <message>
        <source>images: {0}</source>
        <translation>Bilder: {0}</translation>
    </message>
    <message>
        <source>reports: {0}</source>
        <translation>Berichte: {0}</translation>
    </message>
    <message>
        <source>{0} places</source>
        <translation>{0} Orte</translation>
    </message>
    <message>
        <source>Exhibits</source>
        <translation>Asservate</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>links that support: {0}</source>
        <translation>Verknüpfungen, die stützen: {0}</translation>
    </message>
    <message>
        <source>links that contradict: {0}</source>
        <translation>Verknüpfungen, die widersprechen: {0}</translation>
    </message>
    <message>
        <source>compared, nothing links them</source>
        <translation>verglichen, nichts verknüpft sie</translation>
    </message>
    <message>
        <source>named in the text: {0}</source>
        <translation>im Text genannt: {0}</translation>
    </message>
    <message>
        <source>is about this person</source>
        <translation>betrifft diese Person</translation>
    </message>
    <message>
        <source>Exhibit {0}</source>
        <translation>Asservat {0}</translation>
    </message>
    <message>
        <source>stated as present</source>
        <translation>als vorhanden genannt</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>verneint</translation>
    </message>
    <message>
        <source>possible</source>
        <translation>möglich</translation>
    </message>
    <message>
        <source>in the past</source>
        <translation>in der Vergangenheit</translation>
    </message>
    <message>
        <source>only supposed</source>
        <translation>nur angenommen</translation>
    </message>
    <message>
        <source>about another person</source>
        <translation>über eine andere Person</translation>
    </message>
    <message>
        <source>{0} of a kind that is not read</source>
        <translation>{0} von einer Art, die nicht gelesen wird</translation>
    </message>
    <message>
        <source>{0} damaged or empty</source>
        <translation>{0} beschädigt oder leer</translation>
    </message>
    <message>
        <source>{0} protected by a password</source>
        <translation>{0} mit Passwort geschützt</translation>
    </message>
    <message>
        <source>{0} larger than the limits</source>
        <translation>{0} größer als die Grenzen</translation>
    </message>
    <message>
        <source>{0} not read within the time limit</source>
        <translation>{0} nicht in der Frist gelesen</translation>
    </message>
    <message>
        <source>{0} not to be opened</source>
        <translation>{0} nicht zu öffnen</translation>
    </message>
    <message>
        <source>{0} left out by you while being read</source>
        <translation>{0} beim Lesen von Ihnen ausgelassen</translation>
    </message>
    <message>
        <source>very likely</source>
        <translation>sehr wahrscheinlich</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>unlikely</source>
        <translation>unwahrscheinlich</translation>
    </message>
    <message>
        <source>very unlikely</source>
        <translation>sehr unwahrscheinlich</translation>
    </message>
    <message>
        <source>They show and tell mostly the same</source>
        <translation>Sie zeigen und sagen meist dasselbe</translation>
    </message>
    <message>
        <source>They share a good part of their content</source>
        <translation>Sie teilen einen guten Teil ihres Inhalts</translation>
    </message>
    <message>
        <source>They share a little</source>
        <translation>Sie teilen wenig</translation>
    </message>
    <message>
        <source>They share next to nothing</source>
        <translation>Sie teilen so gut wie nichts</translation>
    </message>
    <message>
        <source>Picture and text agree</source>
        <translation>Bild und Text stimmen überein</translation>
    </message>
    <message>
        <source>Picture and text rather agree</source>
        <translation>Bild und Text stimmen eher überein</translation>
    </message>
    <message>
        <source>Neither agreement nor contradiction</source>
        <translation>Weder Übereinstimmung noch Widerspruch</translation>
    </message>
    <message>
        <source>Picture and text rather contradict each other</source>
        <translation>Bild und Text widersprechen einander eher</translation>
    </message>
    <message>
        <source>Picture and text contradict each other</source>
        <translation>Bild und Text widersprechen einander</translation>
    </message>
    <message>
        <source>The text is more general than the picture</source>
        <translation>Der Text ist allgemeiner als das Bild</translation>
    </message>
    <message>
        <source>Equally detailed</source>
        <translation>Gleich ausführlich</translation>
    </message>
    <message>
        <source>The picture is more general than the text</source>
        <translation>Das Bild ist allgemeiner als der Text</translation>
    </message>
    <message>
        <source>loading models</source>
        <translation>Modelle werden geladen</translation>
    </message>
    <message>
        <source>reading files</source>
        <translation>Dateien werden gelesen</translation>
    </message>
    <message>
        <source>analyzing</source>
        <translation>Auswertung der Inhalte</translation>
    </message>
    <message>
        <source>measuring meaning</source>
        <translation>Sinn wird gemessen</translation>
    </message>
    <message>
        <source>linking pictures and words</source>
        <translation>Bilder und Wörter werden verknüpft</translation>
    </message>
    <message>
        <source>writing the report</source>
        <translation>Bericht wird geschrieben</translation>
    </message>
    <message>
        <source>looking at what is there</source>
        <translation>es wird angesehen, was da ist</translation>
    </message>
    <message>
        <source>building the sample</source>
        <translation>Beispiel wird gebaut</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>fitting</source>
        <translation>Anpassung</translation>
    </message>
    <message>
        <source>checking on held-out parts</source>
        <translation>Prüfung an zurückgehaltenen Teilen</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>{verdict} by {name}, {date}</source>
        <translation>{verdict} von {name}, {date}</translation>
    </message>
    <message>
        <source>contradicts</source>
        <translation>widerspricht</translation>
    </message>
    <message>
        <source>supports</source>
        <translation>stützt</translation>
    </message>
    <message>
        <source>{0} side</source>
        <translation>Seite {0}</translation>
    </message>
    <message>
        <source>{0} of the picture</source>
        <translation>{0} des Bildes</translation>
    </message>
    <message>
        <source>{0} files found, {1} inside other files</source>
        <translation>{0} Dateien gefunden, {1} in anderen Dateien</translation>
    </message>
    <message>
        <source>{0} read · {1} read in part · {2} not read</source>
        <translation>{0} gelesen · {1} zum Teil gelesen · {2} nicht gelesen</translation>
    </message>
    <message>
        <source>Contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Region or scene</source>
        <translation>Region oder Szene</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Said in its reports</source>
        <translation>In seinen Berichten gesagt</translation>
    </message>
    <message>
        <source>with contradictions</source>
        <translation>mit Widersprüchen</translation>
    </message>
    <message>
        <source>without</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>decided by a person</source>
        <translation>von einem Menschen entschieden</translation>
    </message>
    <message>
        <source>not decided yet</source>
        <translation>noch nicht entschieden</translation>
    </message>
    <message>
        <source>seen by you</source>
        <translation>von Ihnen gesehen</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>und {0} weitere</translation>
    </message>
</context>
<context>
    <name>_CaseColumn</name>
    <message>
        <source>Open case {0}</source>
        <translation>Fall {0} öffnen</translation>
    </message>
</context>
<context>
    <name>_SampleColumn</name>
    <message>
        <source>Sample cases</source>
        <translation>Beispielfälle</translation>
    </message>
    <message>
        <source>Build the medical sample</source>
        <translation>Medizinisches Beispiel bauen</translation>
    </message>
    <message>
        <source>Build the forensic sample</source>
        <translation>Forensisches Beispiel bauen</translation>
    </message>
    <message>
        <source>Building takes about a minute: evidence is made, read, linked and reported.</source>
        <translation>Das Bauen dauert etwa eine Minute: Material wird erzeugt, gelesen, verknüpft und berichtet.</translation>
    </message>
</context>
</TS>
