/**
 * The LC service of host 0: one worker per pCPU, and a Gaussian number of connections. Latencies are in ms.
 */
import { randomNormal } from "d3-random";
import { randomStream } from "../../../base/random.js";
import { createLatencyHistogram, type LatencyHistogram } from "./latency-histogram.js";
import { createLcWorker, type LcWorker } from "./lc-service.js";
import type { TestbedParameters } from "./parameters.js";

export interface Service {
  readonly workers: readonly LcWorker[];
  /** Latencies in ms of the requests answered since the histogram was last cleared. */
  readonly recent: LatencyHistogram;
  /** Draws a new number of connections. */
  readonly drawLoad: (now: number) => void;
}

/** Returns the service with the load for time 0. The queue runs `dilation` times slower than the real one. */
export function createService(parameters: TestbedParameters, seed: number): Service {
  const { cpus, clients, clientsSpread, dilation, service, think } = parameters;
  const microseconds = 1e-6 * dilation;
  const perWorker = clients / cpus;
  // Ten standard deviations, so the load never reaches the capacity.
  const capacity = Math.ceil(perWorker * (1 + 10 * clientsSpread)) + 2;
  const recent = createLatencyHistogram((8 * perWorker * service + 20 * service) / 1000, 4000);
  const onAnswer = (latency: number): void => {
    recent.add((latency / dilation) * 1000);
  };
  const workers = Array.from({ length: cpus }, (_, worker) =>
    createLcWorker({
      capacity,
      service: service * microseconds,
      think: think * microseconds,
      random: randomStream(seed, "noise", "lc", worker),
      onAnswer,
    }),
  );
  const load = randomNormal.source(randomStream(seed, "noise", "load"))(clients, clients * clientsSpread);
  const drawLoad = (now: number): void => {
    const count = Math.max(0, Math.round(load()));
    // Distribute whole connections as evenly as possible.
    workers.forEach((worker, i) => {
      worker.setClients(Math.floor((count + i) / cpus), now);
    });
  };
  drawLoad(0);
  return { workers, recent, drawLoad };
}
