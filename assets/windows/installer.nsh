; The running app is asked to end, which lets connections drain; what does not end is ended by the installer after that.
!macro customInit
  IfFileExists "$INSTDIR\Nexthop.exe" 0 +2
    ExecWait '"$INSTDIR\Nexthop.exe" --quit'
!macroend

!macro customUnInit
  ExecWait '"$INSTDIR\Nexthop.exe" --quit'
!macroend

!macro customUnInstall
  ; What the setting "start at login" made.
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "io.github.nexthop"
!macroend
