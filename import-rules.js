// Which folder may import which (its own files aside), and which packages. The linter and a unit test enforce it.
/** @type {Record<string, string[]>} */
export const importRules = {
  shared: [],
  'main/engine': ['shared'],
  'main/app': ['main/engine', 'shared'],
  // Bundled alone, for the sandbox. Before the folder that it is in.
  'main/electron/preload': [],
  'main/electron': ['main/electron/preload', 'main/app', 'shared'],
  'main/headless': ['main/app', 'shared'],
  renderer: ['shared'],
}

/** `node:` stands for all modules of Node. @type {Record<string, string[]>} */
export const packageRules = {
  shared: ['ipaddr.js', 'valibot'],
  'main/engine': ['node:', 'ipaddr.js', 'socks'],
  'main/app': ['node:', '@rgrove/parse-xml', 'valibot', 'yaml'],
  'main/electron/preload': ['electron'],
  'main/electron': ['node:', 'electron', 'electron-store', 'electron-updater', 'valibot'],
  'main/headless': ['node:', 'conf', 'valibot'],
  renderer: ['svelte', 'uplot', 'valibot'],
}
