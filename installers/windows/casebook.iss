; Inno Setup 6: the Windows installer, for one user without an administrator (or for all, when asked for).
; Never run where this file was written. build.py runs it as: iscc /DSource=FOLDER /DVersion=X.Y.Z /O OUT casebook.iss

#ifndef Source
  #error Source is not given: the program folder that build.py made
#endif
#ifndef Version
  #error Version is not given
#endif

[Setup]
; One identity for all versions: a newer one installs over an older one. For versions side by side give another folder.
AppId={{0E6C6B7E-6D0B-4B57-9C7F-2B7C1B1D6A51}
AppName=Casebook
AppVersion={#Version}
AppVerName=Casebook {#Version}
AppPublisher=The Casebook project
DefaultDirName={autopf}\Casebook
DefaultGroupName=Casebook
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Source}\LICENSE
OutputBaseFilename=casebook-{#Version}-cpu-windows-x86_64
SetupIconFile={#Source}\_internal\resources\icons\app\casebook.ico
UninstallDisplayIcon={app}\casebook-desktop.exe
Compression=lzma2/normal
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes
UsePreviousAppDir=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "casebook in the command line (PATH)"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not must not stay and be imported.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Casebook"; Filename: "{app}\casebook-desktop.exe"
Name: "{autodesktop}\Casebook"; Filename: "{app}\casebook-desktop.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.casebook"; ValueType: string; ValueData: "Casebook.Case"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Casebook.Case"; ValueType: string; ValueData: "Casebook case"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Casebook.Case\DefaultIcon"; ValueType: string; ValueData: "{app}\casebook-desktop.exe,0"
Root: HKA; Subkey: "Software\Classes\Casebook.Case\shell\open\command"; ValueType: string; ValueData: """{app}\casebook-desktop.exe"" ""%1"""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotInPath(ExpandConstant('{app}'))

[Run]
Filename: "{app}\casebook-desktop.exe"; Description: "{cm:LaunchProgram,Casebook}"; Flags: nowait postinstall skipifsilent

[Code]
function NotInPath(Folder: string): Boolean;
var
  Known: string;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Known) then
    Known := '';
  Result := Pos(';' + Uppercase(Folder) + ';', ';' + Uppercase(Known) + ';') = 0;
end;
