import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'

// Loaded into the served program and into the script that takes the screenshots (node --import): names of an office
// that does not exist lead to loopback addresses, so that the pictures show names as people have them.

/** @type {Readonly<Record<string, string>>} */
const addresses = {
  'proxy.ams.example.com': '127.10.0.5',
  'proxy.rtm.example.com': '127.10.1.5',
  'gateway.example.com': '127.10.2.5',
  'intranet.example.com': '127.10.0.80',
  'db.ams.example.com': '127.10.0.54',
  'cache.rtm.example.com': '127.10.1.63',
}

/** @typedef {(...args: unknown[]) => void} Lookup */

/** @param {unknown} options */
function isForAll(options) {
  return typeof options === 'object' && options !== null && 'all' in options && options.all === true
}

const lookup = /** @type {Lookup} */ (/** @type {unknown} */ (dns.lookup))

// Of sockets that are given a name.
/** @type {Lookup} */
function lookupHere(host, ...rest) {
  const address = addresses[String(host)]
  if (address === undefined) return lookup(host, ...rest)
  const done = /** @type {Lookup} */ (rest.at(-1))
  process.nextTick(() => {
    if (isForAll(rest[0])) done(null, [{ address, family: 4 }])
    else done(null, address, 4)
  })
}
dns.lookup = /** @type {typeof dns.lookup} */ (/** @type {unknown} */ (lookupHere))

const { lookup: lookUp } = dns.promises

// Of Nexthop's engine.
/** @type {(host: string, options: dns.LookupOptions) => Promise<unknown>} */
async function lookUpHere(host, options) {
  const address = addresses[host]
  if (address === undefined) return lookUp(host, options)
  const found = { address, family: 4 }
  return isForAll(options) ? [found] : found
}
dns.promises.lookup = /** @type {typeof lookUp} */ (lookUpHere)
syncBuiltinESMExports()
