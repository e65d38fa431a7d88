import type { Looks } from './failure-texts.ts'

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
