import type { ListenTexts } from './failure-texts.ts'
import { isLowPort, isSocket, portOf } from './listen-target.ts'

/** What helps where the limit of open files is reached. */
export const moreFiles =
  'erhöhen Sie die Grenze dafür: mit „ulimit -n 65536“ vor dem Start, oder LimitNOFILE=65536 in der systemd-Unit'

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
  socketFolderIsFile: ({ target }) => ({
    what: `im Pfad von ${target} steht eine Datei, wo ein Ordner sein muss`,
    advice: 'wählen Sie einen anderen Pfad für den Socket',
  }),
  socketFolderReadOnly: ({ target }) => ({
    what: `das Dateisystem von ${target} kann nur gelesen werden`,
    advice: 'wählen Sie einen Pfad auf einem, das auch beschrieben werden kann',
  }),
  socketPathTaken: ({ target }) => ({
    what: `unter ${target} gibt es etwas, das kein Socket ist`,
    advice: 'wählen Sie einen anderen Pfad für den Socket, oder räumen Sie weg, was dort ist',
  }),
  socketUnavailable: ({ target, errno }) => ({
    what: `unter ${target} kann kein Socket angelegt werden${errno}`,
    advice: 'wählen Sie einen kurzen Pfad in einem eigenen Ordner',
  }),
  addressUnavailable: ({ target }) => ({
    what: `${target} ist keine Adresse dieses Rechners`,
    advice: 'wählen Sie 127.0.0.1, ::1 oder eine Adresse, die eine seiner Netzwerkkarten gerade hat',
  }),
  portUnavailable: ({ target, errno }) => ({
    what: `das System lässt Nexthop auf ${target} nicht lauschen${errno}`,
    advice: 'wählen Sie eine andere Adresse oder einen anderen Port',
  }),
  tooManyFiles: ({ target, errno }) => ({
    what: `mehr Dateien und Verbindungen können nicht offen sein, daher kann Nexthop auf ${target} nicht lauschen${errno}`,
    advice: moreFiles,
  }),
}
