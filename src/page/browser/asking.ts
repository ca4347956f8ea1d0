import type { Edit } from "../../model/what-if.js";
import { startWorker } from "./host.js";
import type { WhatIfAnswer } from "./what-if-answer.js";
import type { Answer, Request, Subject } from "./worker.js";

/** Questions to a report, answered by a worker. */
export interface Asking {
  /** Starts the worker, so that the first answer comes sooner. */
  prepare(): void;
  /** Asks; of questions that wait for an answer the last is kept. */
  ask(edits: readonly Edit[]): void;
  /** No answer to what was asked is wanted any more. */
  forget(): void;
  /** Ends the worker. */
  stop(): void;
}

/** @param onFault Gets what went wrong, in words. */
export function askingOf(
  subject: Subject,
  onAnswer: (answer: WhatIfAnswer) => void,
  onFault: (reason: string) => void,
): Asking {
  let starting: Promise<Worker> | null = null;
  let isStopped = false;
  /** Number of the question that the worker is at; 0 for none. */
  let open = 0;
  let last = 0;
  let waiting: readonly Edit[] | null = null;
  let isWanted = false;

  async function start(): Promise<Worker> {
    const worker = await startWorker();
    if (isStopped) worker.terminate();
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind !== "what-if" || data.number !== open) return;
      if (isWanted) onAnswer(data.answer);
      if (data.answer.words === null) return;
      open = 0;
      if (waiting !== null) send(worker, waiting);
    };
    worker.onerror = ({ message }) => {
      open = 0;
      onFault(message);
    };
    worker.postMessage({ kind: "about", subject } satisfies Request);
    return worker;
  }

  function send(worker: Worker, edits: readonly Edit[]): void {
    waiting = null;
    isWanted = true;
    open = ++last;
    worker.postMessage({ kind: "what-if", number: open, edits } satisfies Request);
  }

  const prepare = (): Promise<Worker> => {
    starting ??= start();
    return starting;
  };
  return {
    prepare: () => void prepare().catch((error: unknown) => onFault(String(error))),
    ask(edits) {
      isWanted = false;
      waiting = edits;
      prepare().then(
        (worker) => {
          if (open === 0 && waiting !== null && !isStopped) send(worker, waiting);
        },
        (error: unknown) => onFault(String(error)),
      );
    },
    forget() {
      waiting = null;
      isWanted = false;
    },
    stop() {
      isStopped = true;
      void starting?.then((worker) => worker.terminate());
    },
  };
}
