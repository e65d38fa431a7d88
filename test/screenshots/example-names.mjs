import dns from 'node:dns'

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

const lookup = /** @type {Lookup} */ (/** @type {unknown} */ (dns.lookup))

/** @type {Lookup} */
function lookupHere(host, ...rest) {
  const address = addresses[String(host)]
  if (address === undefined) return lookup(host, ...rest)
  const [options] = rest
  const done = /** @type {Lookup} */ (rest.at(-1))
  const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true
  process.nextTick(() => {
    if (all) done(null, [{ address, family: 4 }])
    else done(null, address, 4)
  })
}
dns.lookup = /** @type {typeof dns.lookup} */ (/** @type {unknown} */ (lookupHere))
