import type { Breaks } from './breaks.ts'

export const germanBreaks: Breaks = {
  during: {
    greet: 'während der Begrüßung',
    authenticate: 'während der Anmeldung',
    secure: 'während des TLS-Handshakes',
    request: 'während er nach dem Ziel gefragt wurde',
    relay: 'während Daten übertragen wurden',
    other: 'beim Aufbau',
  },
  advice: {
    secure: 'prüfen Sie, ob dieser Port TLS spricht; sonst steht mehr im Protokoll des Proxys',
    request:
      'prüfen Sie das Ziel: manche Proxys, etwa ssh -D, enden so, wenn es nicht zu erreichen ist; sonst steht mehr im Protokoll des Proxys',
    relay:
      'prüfen Sie, ob der Proxy läuft: vielleicht wurde er beendet oder neu gestartet; sonst steht mehr in seinem Protokoll',
    other: 'sehen Sie in das Protokoll des Proxys: er ist vielleicht überlastet oder verbietet diesen Client',
  },
}
