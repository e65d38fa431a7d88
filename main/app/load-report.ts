import { formatIssue } from '../../shared/model/issues.ts'
import type { LogLevel } from '../../shared/model/settings.ts'
import type { LoadReport } from './config-store.ts'

const mostIssues = 5

/** What loading the config found, for the log; undefined where there is nothing to say. */
export function describeLoad(
  report: LoadReport,
  path: string,
): { readonly level: LogLevel; readonly message: string } | undefined {
  switch (report.kind) {
    case 'missing':
      return undefined
    case 'loaded':
      return report.migratedFrom === undefined
        ? undefined
        : { level: 'info', message: `The config ${path} was taken over from version ${report.migratedFrom}.` }
    case 'set-aside':
      return {
        level: 'error',
        message:
          `The config ${path} could not be used, so Nexthop starts with an empty one. ` +
          `The file is kept as ${report.keptAt}. ${listIssues(report.issues)}`,
      }
    case 'newer':
      return {
        level: 'error',
        message:
          `The config ${path} was made by a newer Nexthop: it is left as it is, and nothing can be saved. ` +
          listIssues(report.issues),
      }
  }
}

function listIssues(issues: readonly Parameters<typeof formatIssue>[0][]): string {
  const shown = issues.slice(0, mostIssues).map(formatIssue)
  const rest = issues.length - shown.length
  return `${[...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')}.`
}
