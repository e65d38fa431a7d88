import type { LooksLike } from '../errors.ts'
import type { HopProtocol } from '../model/next-hop.ts'
import type { Explanation } from './failure-texts.ts'

// What is said of a hop that does not answer as it should, by what it was asked in: what it is, and what to try.

export type Looks = Readonly<Record<HopProtocol, Readonly<Record<LooksLike, Explanation>>>>

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

export const germanLooks: Looks = {
  socks: {
    http: {
      what: 'er antwortet wie ein HTTP-Proxy oder Webserver',
      advice: 'wählen Sie HTTP als Protokoll, oder nehmen Sie seinen SOCKS-Port, oft 1080',
    },
    'web-server': {
      what: 'er ist ein Webserver und kein Proxy',
      advice: 'geben Sie Adresse und Port des Proxys selbst an; sein SOCKS-Port ist oft 1080',
    },
    tls: {
      what: 'er spricht TLS',
      advice: 'schalten Sie TLS für diesen Next Hop ein, oder nehmen Sie seinen SOCKS-Port ohne TLS',
    },
    ssh: {
      what: 'er ist ein SSH-Server',
      advice: 'starten Sie „ssh -D 1080“ zu diesem Server, und geben Sie 127.0.0.1:1080 als Next Hop an',
    },
    socks4: { what: 'er spricht nur SOCKS4', advice: 'stellen Sie die SOCKS-Version auf 4 oder 4a' },
    socks5: { what: 'er spricht nur SOCKS5', advice: 'stellen Sie die SOCKS-Version auf 5' },
    silence: {
      what: 'er hat die Verbindung ohne Antwort geschlossen',
      advice: 'prüfen Sie den Port, die SOCKS-Version, und ob der Proxy diesen Client zulässt',
    },
    other: {
      what: 'seine Antwort ist nicht SOCKS',
      advice: 'prüfen Sie den Port, und was für ein Proxy es ist',
    },
  },
  http: {
    http: {
      what: 'seine Antwort ist kein gültiges HTTP',
      advice: 'prüfen Sie den Port, und was für ein Proxy es ist',
    },
    'web-server': {
      what: 'er ist ein Webserver und kein Proxy',
      advice: 'geben Sie Adresse und Port des Proxys selbst an',
    },
    tls: {
      what: 'er spricht TLS',
      advice: 'schalten Sie TLS für diesen Next Hop ein, oder geben Sie seinen Port ohne TLS an',
    },
    ssh: {
      what: 'er ist ein SSH-Server',
      advice:
        'starten Sie „ssh -D 1080“ zu diesem Server, und geben Sie 127.0.0.1:1080 als SOCKS5-Next-Hop an',
    },
    socks4: { what: 'er spricht SOCKS4', advice: 'wählen Sie SOCKS4a oder SOCKS4 als Protokoll' },
    socks5: { what: 'er spricht SOCKS5', advice: 'wählen Sie SOCKS5 als Protokoll' },
    silence: {
      what: 'er hat die Verbindung ohne Antwort geschlossen',
      advice: 'prüfen Sie den Port, und ob der Proxy diesen Client und das Ziel zulässt',
    },
    other: {
      what: 'seine Antwort ist nicht HTTP',
      advice: 'prüfen Sie den Port, und was für ein Proxy es ist',
    },
  },
}
