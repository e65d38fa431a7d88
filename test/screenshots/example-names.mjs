import dns from 'node:dns'

// Loaded into the served program and into the script that takes the screenshots (node --import): names of an office
// that does not exist lead to loopback addresses, so that the pictures show names as people have them.

const addresses = {
  'proxy.ams.example.com': '127.10.0.5',
  'proxy.rtm.example.com': '127.10.1.5',
  'gateway.example.com': '127.10.2.5',
  'intranet.example.com': '127.10.0.80',
  'db.ams.example.com': '127.10.0.54',
  'cache.rtm.example.com': '127.10.1.63',
}

const lookup = dns.lookup
dns.lookup = /** @type {typeof dns.lookup} */ (
  (host, options, callback) => {
    const done = /** @type {Function} */ (typeof options === 'function' ? options : callback)
    const address = addresses[/** @type {keyof typeof addresses} */ (host)]
    if (!address) return lookup(host, /** @type {any} */ (options), /** @type {any} */ (callback))
    const all = typeof options === 'object' && options.all
    process.nextTick(() => (all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)))
  }
)
