/** Gives a function that runs what it is given one after the other, in the order of the calls; a failure of one is no failure of the next. */
export function serialised(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
