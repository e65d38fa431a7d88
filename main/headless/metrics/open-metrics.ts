import { conflict } from '../../../shared/errors.ts'
import type { Application } from '../../app/application.ts'
import { bindFailure } from '../../app/bind-failure.ts'
import { explainForCli } from '../cli-advice.ts'
import type { Console } from '../console.ts'
import { startMetricsServer } from './metrics-server.ts'

/** Starts the metrics server and tells where it is; returns what closes it. Throws `NexthopError`. */
export async function openMetrics(
  app: Application,
  port: number,
  console: Console,
): Promise<() => Promise<void>> {
  try {
    const server = await startMetricsServer(app, port)
    const url = `http://127.0.0.1:${server.port}/metrics`
    console.result(`metrics ${url}`, { event: 'metrics', url })
    return () => server.close()
  } catch (error) {
    const failure = await bindFailure(error, { host: '127.0.0.1', port })
    throw conflict(explainForCli(failure, '--metrics'))
  }
}
