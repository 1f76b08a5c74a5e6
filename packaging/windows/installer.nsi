; The installer of 受託台帳: for one person, without an administrator, in Japanese.
; VERSION, ICON, PARTS, OUT and DEEPEST are given by installer.py, SIGN where it is signed. Silent exit codes:
; 0 done, 2 could not be written (what was installed before still runs), 5 the program is running, 6 a newer version is there.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
AllowSkipFiles off
CRCCheck force

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"

; Macros written for this very bundle: EachPart (what lies at its top), Unpack (all its files, in order).
!include "${PARTS}"

!define NAME "受託台帳"
!define KEY "jutaku-daicho"
!define WINDOW "jutaku-window.exe"
!define CONSOLE "jutaku.exe"
!define KIND "JutakuDaicho.Ledger"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
!define STARTS "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
; The name under which the program enters itself there, where a person chose so.
!define STARTED "JutakuDaicho"
; What a person chooses from the menu of the notice beside the clock to end it.
!define ENDING "きょうは通知を終える"
!define FAILED 2
!define RUNNING 5
!define NEWER 6

Var Places

!ifdef SIGN
  !uninstfinalize `${SIGN} "%1"`
!endif

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${KEY}"
RequestExecutionLevel user
BrandingText "${NAME} ${VERSION}"
; As short as the buttons are wide, in any font; NSIS itself writes one of them in half-width katakana.
InstallButtonText "インストール"
UninstallButtonText "削除する"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "LegalCopyright" "MIT License"
VIAddVersionKey /LANG=1041 "FileDescription" "${NAME} セットアップ"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "${NAME} ${VERSION}をこのPCの現在の利用者用にインストールします。管理者権限は必要ありません。$\r$\n$\r$\n既にインストールしてあるときは、台帳と設定をそのまま残してプログラムだけを入れ替えます。起動している${NAME}と時計の横（通知領域）の期限の通知は、先に終了してください。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_RUN_TEXT "${NAME}を起動する"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${NAME}のプログラムを削除します。台帳（.jutaku）、鍵ファイル、バックアップ、発行したPDF及び設定は削除しません。"
!define MUI_FINISHPAGE_NOAUTOCLOSE
!define MUI_UNFINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_WELCOME
!define TOO_DEEP "インストール先のフォルダのパスが長すぎます（${DEEPEST}文字まで）。浅いフォルダを選んでください。"
!define MUI_PAGE_CUSTOMFUNCTION_PRE OnlyForTheFirst
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE NotTooDeep
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "${NAME}のプログラムを削除しました"
!define MUI_FINISHPAGE_TEXT "次のファイルは残っています。ほかの場所に作った台帳やバックアップ、書類も削除していません。不要なときは、保存期間と契約の定めを確かめてから、ご自身で削除してください。$\r$\n$\r$\n$Places"
!define MUI_FINISHPAGE_TEXT_LARGE
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "Japanese"

; A running program holds its own files open: replacing half of them would leave one that runs neither way.
!macro NotRunning UN
Function ${UN}NotRunning
  again:
  Push "${WINDOW}"
  Call ${UN}Held
  Pop $0
  Push "${CONSOLE}"
  Call ${UN}Held
  Pop $1
  IntOp $0 $0 + $1
  ${If} $0 = 0
    Return
  ${EndIf}
  IfSilent 0 ask
  SetErrorLevel ${RUNNING}
  Quit
  ask:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}が起動しています。作業を保存して${NAME}を終了してから「再試行」を押してください。$\r$\n$\r$\n画面が閉じていても期限の通知が残っているときは、時計の横（通知領域）の${NAME}のアイコンを右クリックし、「${ENDING}」を選んでください。" IDRETRY again
  SetErrorLevel ${RUNNING}
  Quit
FunctionEnd

; Whether the program of this name, pushed by the caller, is there and cannot be written.
Function ${UN}Held
  Exch $2
  Push $3
  ${If} ${FileExists} "$INSTDIR\$2"
    ClearErrors
    FileOpen $3 "$INSTDIR\$2" a
    ${If} ${Errors}
      StrCpy $2 1
    ${Else}
      FileClose $3
      StrCpy $2 0
    ${EndIf}
  ${Else}
    StrCpy $2 0
  ${EndIf}
  Pop $3
  Exch $2
FunctionEnd
!macroend
!insertmacro NotRunning ""
!insertmacro NotRunning "un."

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${NAME}には64ビット版のWindows 10以降が必要です。" /SD IDOK
    SetErrorLevel ${FAILED}
    Quit
  ${EndIf}
  SetShellVarContext current
  ; There is one installation for each person: a second one beside it would share its ledgers and settings.
  ReadRegStr $0 HKCU "Software\${KEY}" "InstallDir"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\${WINDOW}"
    StrCpy $INSTDIR $0
    ReadRegStr $1 HKCU "${UNINSTALL}" "DisplayVersion"
    ${VersionCompare} "$1" "${VERSION}" $2
    ${If} $2 = 1
      MessageBox MB_OK|MB_ICONSTOP "新しい版（$1）の${NAME}がインストールしてあるため、${VERSION}はインストールできません。新しい版で開いた台帳は、古い版では開けないことがあります。$\r$\n$\r$\nどうしても古い版が必要なときは、Windowsの設定の「アプリ」で新しい版を削除してから、もう一度実行してください。台帳は残ります。" /SD IDOK
      SetErrorLevel ${NEWER}
      Quit
    ${EndIf}
    Call NotRunning
  ${EndIf}
FunctionEnd

Function OnlyForTheFirst
  ReadRegStr $0 HKCU "Software\${KEY}" "InstallDir"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\${WINDOW}"
    Abort
  ${EndIf}
FunctionEnd

; Windows would refuse the deepest of the files after most of them are written.
Function NotTooDeep
  StrLen $0 "$INSTDIR"
  ${If} $0 > ${DEEPEST}
    MessageBox MB_OK|MB_ICONEXCLAMATION "${TOO_DEEP}"
    Abort
  ${EndIf}
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\arriving"
  RMDir "$INSTDIR"
  SetErrorLevel ${FAILED}
FunctionEnd

!macro Refuse SENTENCE
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\arriving"
  MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
  SetErrorLevel ${FAILED}
  Quit
!macroend

!macro Leave PART
  ${If} ${FileExists} "$INSTDIR\${PART}"
    Rename "$INSTDIR\${PART}" "$INSTDIR\leaving\${PART}"
  ${EndIf}
!macroend

!macro Arrive PART
  Rename "$INSTDIR\arriving\${PART}" "$INSTDIR\${PART}"
!macroend

!macro Undo PART
  ${IfNot} ${FileExists} "$INSTDIR\arriving\${PART}"
    Rename "$INSTDIR\${PART}" "$INSTDIR\arriving\${PART}"
  ${EndIf}
!macroend

!macro Restore PART
  ${If} ${FileExists} "$INSTDIR\leaving\${PART}"
    Rename "$INSTDIR\leaving\${PART}" "$INSTDIR\${PART}"
  ${EndIf}
!macroend

!macro Remove PART
  RMDir /r "$INSTDIR\${PART}"
  Delete "$INSTDIR\${PART}"
!macroend

Section
  Call NotRunning
  StrLen $0 "$INSTDIR"
  ${If} $0 > ${DEEPEST}
    !insertmacro Refuse "${TOO_DEEP}"
  ${EndIf}
  ; All of the new version is there before anything of the old one goes: a full disk leaves the old one running.
  RMDir /r "$INSTDIR\arriving"
  RMDir /r "$INSTDIR\leaving"
  ClearErrors
  !insertmacro Unpack "$INSTDIR\arriving"
  WriteUninstaller "$INSTDIR\arriving\uninstall.exe"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    !insertmacro Refuse "プログラムを書き込めませんでした。ディスクの空き容量を確かめて、もう一度実行してください。以前の版があるときは、そのまま使えます。"
  ${EndIf}
  CreateDirectory "$INSTDIR\leaving"
  !insertmacro EachPart Leave
  ${If} ${Errors}
    !insertmacro EachPart Restore
    RMDir "$INSTDIR\leaving"
    !insertmacro Refuse "以前の版のファイルがほかのプログラムに使われているため、入れ替えられませんでした。PCを再起動してから、もう一度実行してください。以前の版は、そのまま使えます。"
  ${EndIf}
  !insertmacro EachPart Arrive
  ${If} ${Errors}
    !insertmacro EachPart Undo
    !insertmacro EachPart Restore
    RMDir "$INSTDIR\leaving"
    !insertmacro Refuse "プログラムを書き込めませんでした。ウイルス対策ソフトが新しいファイルを調べているときは、しばらく待ってからもう一度実行してください。以前の版があるときは、そのまま使えます。"
  ${EndIf}
  RMDir /r "$INSTDIR\arriving"
  RMDir /r "$INSTDIR\leaving"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}" "" "$INSTDIR\${WINDOW}" 0
  WriteRegStr HKCU "Software\${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.jutaku" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\.jutaku\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "${NAME}の台帳"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\${WINDOW}" --ledger "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Function un.onInit
  SetShellVarContext current
  Call un.NotRunning
  ; Asked while the program is still there; without an answer people are told where to look.
  nsExec::ExecToStack /TIMEOUT=20000 '"$INSTDIR\${CONSOLE}" places'
  Pop $0
  Pop $Places
  ${If} $0 != 0
    StrCpy $Places "台帳（拡張子 .jutaku）とバックアップは、作成したときに選んだフォルダにあります。"
  ${EndIf}
FunctionEnd

; Ledgers, keys, backups, papers and settings are the user's own: nothing is deleted but what was installed.
Section "Uninstall"
  Call un.NotRunning
  SetShellVarContext current
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\arriving"
  RMDir /r "$INSTDIR\leaving"
  !insertmacro EachPart Remove
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${KEY}"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegValue HKCU "Software\Classes\.jutaku\OpenWithProgids" "${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\.jutaku" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "Software\Classes\.jutaku"
  ${EndIf}
  DeleteRegValue HKCU "${STARTS}" "${STARTED}"
  DeleteRegValue HKCU "${APPROVED}" "${STARTED}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DetailPrint "$Places"
SectionEnd
