/**
 * The latency-critical service. Each worker serves its own connections first come, first served, with the CPU
 * share that its pCPU gives it. A connection sends its next request after the previous answer (a closed
 * loop).
 */
import type { Random } from "../../../base/random.js";

export interface LcWorkerOptions {
  /** The largest number of connections. */
  readonly capacity: number;
  /** Mean CPU seconds of a request, exponentially distributed. */
  readonly service: number;
  /**
   * Mean seconds between an answer and the connection's next request, exponentially distributed; may be 0.
   */
  readonly think: number;
  readonly random: Random;
  /** Called at each answer with the seconds since the request's arrival. */
  readonly onAnswer: (latency: number) => void;
}

export interface LcWorker {
  /** Sets the number of connections. A closed connection that waits for an answer still gets it. */
  readonly setClients: (clients: number, now: number) => void;
  /** Whether a request is waiting or being served. */
  readonly isBusy: () => boolean;
  /** Serves from `now` for `seconds`, at `speed` CPU seconds per second; returns the used CPU seconds. */
  readonly serve: (now: number, seconds: number, speed: number) => number;
}

/** Returns a worker without connections. */
export function createLcWorker({ capacity, service, think, random, onAnswer }: LcWorkerOptions): LcWorker {
  /** A ring buffer with the arrival times of the queued requests; the first is being served. */
  const arrivals = new Float64Array(capacity);
  let head = 0;
  let queued = 0;
  let clients = 0;
  /** The number of connections between an answer and the next request. */
  let thinking = 0;
  let nextArrival = Infinity;
  /** Remaining CPU seconds of the request being served. */
  let left = 0;

  const exponential = (mean: number): number => -mean * Math.log(1 - random());

  function enqueue(time: number): void {
    if (queued === 0) left = exponential(service);
    let slot = head + queued;
    if (slot >= capacity) slot -= capacity;
    arrivals[slot] = time;
    queued++;
  }

  /**
   * Draws the next arrival. Think times are memoryless, so the next request comes after think / thinking on
   * average.
   */
  function drawArrival(now: number): void {
    nextArrival = thinking > 0 ? now + exponential(think / thinking) : Infinity;
  }

  function answer(time: number): void {
    onAnswer(time - arrivals[head]);
    head = head + 1 === capacity ? 0 : head + 1;
    queued--;
    const stays = queued + thinking < clients;
    if (stays && think === 0) enqueueAgain(time);
    else if (queued > 0) left = exponential(service);
    if (stays && think > 0) {
      thinking++;
      drawArrival(time);
    }
  }

  function enqueueAgain(time: number): void {
    if (queued > 0) left = exponential(service);
    enqueue(time);
  }

  /** Implements `serve` for think time 0, where an answer immediately causes the next request. */
  function serveClosed(now: number, budget: number, speed: number): number {
    let used = 0;
    while (queued > 0 && used + left < budget) {
      used += left;
      answer(now + used / speed);
    }
    if (queued === 0) return used;
    left -= budget - used;
    return budget;
  }

  return {
    isBusy: () => queued > 0,
    setClients(count, now) {
      clients = Math.min(count, capacity);
      const missing = clients - queued - thinking;
      if (think === 0) for (let i = 0; i < missing; i++) enqueue(now);
      else thinking = Math.max(0, thinking + missing);
      if (think > 0) drawArrival(now);
    },
    serve(now, seconds, speed) {
      if (think === 0) return serveClosed(now, seconds * speed, speed);
      const end = now + seconds;
      let time = now;
      let used = 0;
      for (;;) {
        const done = queued > 0 && speed > 0 ? time + left / speed : Infinity;
        const next = Math.min(done, nextArrival);
        if (!(next < end)) break;
        if (queued > 0) used += (next - time) * speed;
        if (done <= nextArrival) answer(next);
        else {
          left -= queued > 0 ? (next - time) * speed : 0;
          thinking--;
          enqueue(next);
          drawArrival(next);
        }
        time = next;
      }
      if (queued > 0) {
        left -= (end - time) * speed;
        used += (end - time) * speed;
      }
      return used;
    },
  };
}
