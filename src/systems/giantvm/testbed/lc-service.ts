/**
 * The latency-critical service: workers that each serve their own connections first come, first served, with
 * the CPU share that their pCPU leaves them. A connection sends its next request when it has its answer (a
 * closed loop).
 */
import type { Random } from "../../../base/random.js";

export interface LcWorkerOptions {
  /** Most connections that it can ever have. */
  readonly capacity: number;
  /** Mean CPU seconds of a request, exponential. */
  readonly service: number;
  /** Mean seconds between an answer and the connection's next request, exponential; 0 for none. */
  readonly think: number;
  readonly random: Random;
  /** Told the seconds from a request's arrival to its answer. */
  readonly onAnswer: (latency: number) => void;
}

export interface LcWorker {
  /** Opens or closes connections; one that waits for an answer closes when it has it. */
  readonly setClients: (clients: number, now: number) => void;
  /** Whether a request waits or is served. */
  readonly isBusy: () => boolean;
  /**
   * Serves from `now` for `seconds`, at `speed` CPU seconds a second; returns the CPU seconds that it used.
   */
  readonly serve: (now: number, seconds: number, speed: number) => number;
}

/** Returns a worker without connections. */
export function createLcWorker({ capacity, service, think, random, onAnswer }: LcWorkerOptions): LcWorker {
  /** Arrival times of the requests in the queue, the one being served first: a ring. */
  const arrivals = new Float64Array(capacity);
  let head = 0;
  let queued = 0;
  let clients = 0;
  /** Connections between answer and request. */
  let thinking = 0;
  let nextArrival = Infinity;
  /** CPU seconds left of the request being served. */
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
   * Thinking connections are alike and memoryless: the next of them sends after think / thinking on average.
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

  /** As `serve`, where nobody thinks: requests come only from answers. */
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
