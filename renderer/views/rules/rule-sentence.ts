import type { ListenAddress } from '../../../shared/model/address.ts'
import type { Route } from '../../../shared/model/port-rule.ts'

/** A rule in the words of a web gateway's rule engine; `target` is the name of its hop or list. */
export function ruleSentence(
  listen: ListenAddress,
  route: Route['kind'] | undefined,
  target: string,
): string {
  const criteria =
    listen.kind === 'tcp'
      ? `Proxy.Port equals ${Number.isInteger(listen.port) ? listen.port : '…'}`
      : `Proxy.Path equals ${listen.path || '…'}`
  switch (route) {
    case 'block':
      return `${criteria} → Block`
    case 'direct':
      return `${criteria} → Continue`
    default:
      return `${criteria} → Continue → Enable Next-Hop Proxy<${target || '…'}>`
  }
}
