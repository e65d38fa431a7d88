import { execFile } from 'node:child_process'

const timeoutMs = 3000

/** What a tool of the system printed; empty where it is missing, fails, or takes too long. */
export function runTool(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: timeoutMs, windowsHide: true }, (_error, stdout) => resolve(stdout))
  })
}
