import type { ListenTexts } from './failure-texts.ts'
import { isLowPort, isSocket, portOf } from './listen-target.ts'

export const germanListening: ListenTexts = {
  portInUse: ({ target, failure: { holder } }) => ({
    what: `${target} ist belegt, von ${holder ? `${holder.name} (PID ${holder.pid})` : 'einem anderen Programm'}`,
    advice: `beenden Sie jenes Programm, oder wählen Sie einen anderen ${isSocket(target) ? 'Pfad für den Socket' : 'Port'}`,
  }),
  portForbidden: ({ target }) => ({
    what: `dieser Benutzer darf auf ${target} nicht lauschen`,
    advice: isLowPort(target)
      ? 'wählen Sie einen Port ab 1024, oder erlauben Sie diesen allen Benutzern; unter Linux: ' +
        `sysctl net.ipv4.ip_unprivileged_port_start=${portOf(target)}`
      : 'wählen Sie einen anderen Port',
  }),
  socketForbidden: ({ target }) => ({
    what: `dieser Benutzer darf auf ${target} nicht lauschen`,
    advice: 'wählen Sie einen Pfad in einem eigenen Ordner',
  }),
  socketFolderMissing: ({ target }) => ({
    what: `den Ordner von ${target} gibt es nicht`,
    advice: 'legen Sie ihn an, oder wählen Sie einen anderen Pfad für den Socket',
  }),
  socketUnavailable: ({ target, errno }) => ({
    what: `unter ${target} kann kein Socket angelegt werden${errno}`,
    advice: 'wählen Sie einen kurzen Pfad in einem eigenen Ordner',
  }),
  addressUnavailable: ({ target }) => ({
    what: `${target} ist keine Adresse dieses Rechners`,
    advice: 'wählen Sie 127.0.0.1, ::1 oder eine Adresse, die eine seiner Netzwerkkarten gerade hat',
  }),
}
