// Which folder may import which (its own files aside). The linter and a unit test enforce it.
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
