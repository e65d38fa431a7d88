import type { exports as english } from '../en/exports.ts'

export const exports: typeof english = {
  format: 'Format',
  formats: { nexthop: 'Nexthop', v2ray: 'V2Ray, Xray', haproxy: 'HAProxy' },
  hints: {
    nexthop: 'Alle Next Hops, Listen, Regeln und Einstellungen, zum Import in ein anderes Nexthop.',
    v2ray: 'Die Portregeln als Konfiguration von V2Ray oder Xray, für einen Server oder viele.',
    haproxy: 'Die Portregeln als Konfiguration von HAProxy, für einen Server oder viele.',
  },
  report: 'Was dieses Format nicht sagen kann',
  looking: 'Es wird nachgesehen, was exportiert werden kann…',
  complete: 'Alles hat in diesem Format seinen Platz.',
  leftOut: (count) => (count === 1 ? '1 Sache fehlt' : `${count} Sachen fehlen`),
  otherwise: 'Was dort anders ist',
  clearPasswords:
    'Die Datei enthält die Passwörter dann so, wie sie sind. Nur ihr Server sollte sie lesen können.',
}
