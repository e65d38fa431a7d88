// Imported first by every script, for its effect: an older Node ends here with a sentence instead of a stack trace.
const wanted = /** @type {const} */ ([20, 19])
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    `Nexthop needs Node ${wanted.join('.')} or newer; this is Node ${process.versions.node}. ` +
      'Install a newer one (https://nodejs.org) and try again.',
  )
  process.exit(1)
}
