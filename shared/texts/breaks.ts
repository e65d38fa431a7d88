import type { Stage } from '../errors.ts'
import type { During } from './failure-texts.ts'

// What is said of a hop that broke off the connection, by the stage at which it did.

interface Breaks {
  readonly during: During
  /** What to try. */
  readonly advice: During
}

export const englishBreaks: Breaks = {
  during: {
    greet: 'during the greeting',
    authenticate: 'during the login',
    secure: 'during the TLS handshake',
    request: 'while it was asked for the destination',
    relay: 'while data was passing',
    other: 'while it was being set up',
  },
  advice: {
    secure: 'check that this port speaks TLS; else the proxy’s own log tells more',
    request:
      'check the destination: some proxies, such as ssh -D, end like that where it can’t be reached; else the proxy’s own log tells more',
    relay: 'check that the proxy runs: it may have been stopped or restarted; else its own log tells more',
    other: 'check the proxy’s own log: it may be overloaded, or forbid this client',
  },
}

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

export function atStage(words: During, stage: Stage | undefined): string {
  return (stage && words[stage]) ?? words.other
}
