import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** @param {...string} parts A path below the root. */
export const inRoot = (...parts) => join(root, ...parts)
