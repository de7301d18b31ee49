export { readReconciliation, reconcile, type Reconciliation } from './reconcile.ts';
