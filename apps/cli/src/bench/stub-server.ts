// The far end of the benchmark: a model server that answers at once. A process of its own, so that its work counts for all candidates alike.
import { startStubModelServer } from '@weighbridge/shared-testing/stub-model-server';

const stub = await startStubModelServer({ instant: true });
process.send?.({ url: stub.url });
process.once('SIGTERM', () => void stub.stop().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(0));
