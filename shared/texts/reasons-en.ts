import type { Unidentified } from '../errors.ts'
import type { Explanation } from './failure-texts.ts'

// Why what a client sent does not say where it wants to go, in words.

export const englishReasons: Readonly<Record<Unidentified, Explanation>> = {
  malformed: {
    what: 'what the client sent is not valid, so its destination can not be told',
    advice: 'check which protocol the client speaks',
  },
  nameless: {
    what: 'what the client sent names no destination',
    advice: 'give a default destination, or connect by name and not by address',
  },
  'not-proxy': {
    what: 'the client does not ask like the client of a SOCKS or HTTP proxy',
    advice: 'set this port as its proxy, or give a fixed destination',
  },
  'wants-login': {
    what: 'the client connects only with a login, and Nexthop asks for none',
    advice: 'let the client use the proxy without user and password',
  },
  refused: {
    what: 'the client asks for something that Nexthop does not do',
    advice: 'use it for TCP connections to a host and port',
  },
  'no-header': {
    what: 'the connection does not begin with a PROXY protocol header, which is required here',
    advice: 'let the load balancer send it, or do not require it here',
  },
  'header-without-address': {
    what: 'the PROXY protocol header tells no destination',
    advice: 'let the load balancer send addresses, or give a fixed destination',
  },
}
