; The running app is asked to end, which lets connections drain; what does not end is ended by the installer after that.
!macro customInit
  IfFileExists "$INSTDIR\Nexthop.exe" 0 +2
    ExecWait '"$INSTDIR\Nexthop.exe" --quit'
!macroend

!macro linksTo SCHEME
  WriteRegStr SHCTX "Software\Classes\${SCHEME}" "" "URL:SOCKS next hop"
  WriteRegStr SHCTX "Software\Classes\${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\${SCHEME}\shell\open\command" "" '"$INSTDIR\Nexthop.exe" "%1"'
!macroend

!macro customInstall
  !insertmacro linksTo socks4
  !insertmacro linksTo socks4a
  !insertmacro linksTo socks5
  !insertmacro linksTo socks5h
!macroend

!macro customUnInit
  ExecWait '"$INSTDIR\Nexthop.exe" --quit'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\socks4"
  DeleteRegKey SHCTX "Software\Classes\socks4a"
  DeleteRegKey SHCTX "Software\Classes\socks5"
  DeleteRegKey SHCTX "Software\Classes\socks5h"
  ; What the setting "start at login" made.
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "io.github.nexthop"
!macroend
