import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import * as v from 'valibot'
import { noTotalsDocument, totalsDocumentSchema, type TotalsDocument } from '../../../shared/totals.ts'

/** Where totals outlive a restart. */
export interface TotalsFile {
  /** Undefined where there is none yet. Throws where it can't be read, or makes no sense. */
  read(): TotalsDocument | undefined
  /** Replaces all of it or nothing. */
  write(document: TotalsDocument): void
  /** Moves a file that makes no sense out of the way. */
  setAside(): void
}

/** `config.json` → `config.totals.json`: beside the config, under its name. */
export function totalsPath(configPath: string): string {
  const extension = extname(configPath)
  return `${configPath.slice(0, configPath.length - extension.length)}.totals.json`
}

export function totalsFile(path: string): TotalsFile {
  return {
    read: () => {
      const text = readText(path)
      return text === undefined ? undefined : v.parse(totalsDocumentSchema, JSON.parse(text))
    },
    write: (document) => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const temporary = `${path}.${process.pid}.tmp`
      try {
        // Only this user may know where somebody connected to, and when.
        writeFileSync(temporary, `${JSON.stringify(document)}\n`, { mode: 0o600 })
        renameSync(temporary, path)
      } catch (error) {
        rmSync(temporary, { force: true })
        throw error
      }
    },
    setAside: () => {
      renameSync(path, `${path}.broken`)
    },
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Totals that end with the program. */
export function memoryTotalsFile(document: TotalsDocument = noTotalsDocument): TotalsFile {
  let kept = document
  return {
    read: () => kept,
    write: (next) => {
      kept = next
    },
    setAside: () => {
      kept = noTotalsDocument
    },
  }
}
