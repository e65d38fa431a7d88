import type { Looks } from './failure-texts.ts'

export const englishLooks: Looks = {
  socks: {
    http: {
      what: 'it answers like an HTTP proxy or web server',
      advice: 'choose HTTP as the hop’s protocol, or use its SOCKS port, often 1080',
    },
    'web-server': {
      what: 'it is a web server, not a proxy',
      advice: 'give the proxy’s own address and port; its SOCKS port is often 1080',
    },
    tls: {
      what: 'it speaks TLS',
      advice: 'switch on TLS for this hop, or use its plain SOCKS port',
    },
    ssh: {
      what: 'it is an SSH server',
      advice: 'start "ssh -D 1080" to that server, and give 127.0.0.1:1080 as the hop',
    },
    socks4: { what: 'it speaks SOCKS4 only', advice: 'set the hop’s SOCKS version to 4, or 4a' },
    socks5: { what: 'it speaks SOCKS5 only', advice: 'set the hop’s SOCKS version to 5' },
    silence: {
      what: 'it closed the connection without an answer',
      advice: 'check the port, the SOCKS version, and whether the proxy allows this client',
    },
    other: { what: 'its answer is not SOCKS', advice: 'check the port, and what kind of proxy it is' },
  },
  http: {
    http: { what: 'its answer is not valid HTTP', advice: 'check the port, and what kind of proxy it is' },
    'web-server': {
      what: 'it is a web server, not a proxy',
      advice: 'give the proxy’s own address and port',
    },
    tls: { what: 'it speaks TLS', advice: 'switch on TLS for this hop, or give its port without TLS' },
    ssh: {
      what: 'it is an SSH server',
      advice: 'start "ssh -D 1080" to that server, and give 127.0.0.1:1080 as a SOCKS5 hop',
    },
    socks4: { what: 'it speaks SOCKS4', advice: 'choose SOCKS4a, or SOCKS4, as the hop’s protocol' },
    socks5: { what: 'it speaks SOCKS5', advice: 'choose SOCKS5 as the hop’s protocol' },
    silence: {
      what: 'it closed the connection without an answer',
      advice: 'check the port, and whether the proxy allows this client and the destination',
    },
    other: { what: 'its answer is not HTTP', advice: 'check the port, and what kind of proxy it is' },
  },
}
