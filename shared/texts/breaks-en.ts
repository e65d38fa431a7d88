import type { Breaks } from './breaks.ts'

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
