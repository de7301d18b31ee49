import { strFromU8 } from 'fflate';
import { componentKey } from './component.ts';
import type { Component, ComponentFailure } from './component.ts';
import type { ComponentStore } from './component-store.ts';
import { effectOf } from './component-store.ts';
import { planDeploy } from './deploy-plan.ts';
import type { CheckApex, DeployPlan } from './deploy-plan.ts';
import { failureMessage, NO_TESTS, successMessage } from './deploy-result.ts';
import type { DeployOptions, DeployResult, DeployStatus } from './deploy-result.ts';
import { readPackage } from './package-zip.ts';
import { XmlError } from './xml.ts';
import { OrgError } from '../core/index.ts';
import type { Org } from '../core/index.ts';

/** The deploys of one org. */
export interface Deployments {
  /** Queues a package (zip in metadata format); it runs on the org's clock. Returns the deploy's ID. */
  start(zip: Uint8Array, options: DeployOptions, userId: string): string;
  /** Runs a package now and returns its result. */
  run(zip: Uint8Array, options: DeployOptions, userId: string): DeployResult;
  /** Deploys what a successful validation checked; throws when that ID has none. */
  startValidated(validationId: string, userId: string): string;
  /** The result so far; throws `OrgError` for an unknown ID. */
  status(id: string): DeployResult;
  /** Cancels a deploy that has not begun. Returns whether it was still in time. */
  cancel(id: string): boolean;
}

export interface DeployWorld {
  readonly org: Org;
  readonly store: ComponentStore;
  nextId(keyPrefix: string): string;
  userName(userId: string): string;
  /** Compiles the Apex that there will be. */
  readonly checkApex: CheckApex;
  /** Told after a deploy was applied, so that setup records (permission sets) can follow. */
  onApplied(components: readonly Component[], removed: DeployPlan['removed']): void;
}

interface Job {
  readonly zip: Uint8Array;
  readonly options: DeployOptions;
  readonly userId: string;
  readonly cancelTimer: () => void;
  result: DeployResult;
}

/** Tests that this deploy asks for, although a deploy runs none here. */
function refusedTests(components: readonly Component[], options: DeployOptions): ComponentFailure | undefined {
  const level = options.testLevel ?? 'NoTestRun';
  if (level === 'NoTestRun') return undefined;
  const test = components.find(
    (component) =>
      component.type === 'ApexClass' &&
      [...component.content.values()].some((bytes) => /@istest\b/i.test(strFromU8(bytes))),
  );
  if (!test && options.runTests.length === 0) return undefined;
  const { type, fullName, fileName } = test ?? {
    type: 'ApexClass',
    fullName: options.runTests[0] ?? '',
    fileName: 'package.xml',
  };
  const message = `not yet: a deploy to the local org runs no tests, so testLevel ${level} cannot be met; deploy with NoTestRun and run them by themselves`;
  return { type, fullName, fileName, message, line: 0, column: 0 };
}

function applyPlan(world: DeployWorld, plan: DeployPlan, userId: string): void {
  if (Object.values(plan.change).some((part: readonly unknown[]) => part.length > 0))
    world.org.applySchema(plan.change);
  world.store.apply({ put: plan.components, removed: plan.removed, at: world.org.clock.now(), userId });
  world.onApplied(plan.components, plan.removed);
}

function execute(
  world: DeployWorld,
  zip: Uint8Array,
  before: DeployResult,
  options: DeployOptions,
  userId: string,
): DeployResult {
  const now = new Date(world.org.clock.now()).toISOString();
  const plan = planDeploy(world.org, world.store, readPackage(zip), !options.rollbackOnError, world.checkApex);
  const effects = plan.components.map((component) => ({ component, effect: effectOf(world.store, component) }));
  const failures = [...plan.failures];
  const refused = refusedTests(plan.components, options);
  if (refused) failures.push(refused);
  const mayApply = failures.length === 0 || (!options.rollbackOnError && !refused && plan.components.length > 0);
  if (mayApply && !options.checkOnly) applyPlan(world, plan, userId);
  const failed = new Set(failures.map(componentKey));
  const warnings = new Map(
    plan.warnings.map((warning) => [componentKey(warning), failureMessage(warning, 'Warning', now)]),
  );
  const succeeded = effects
    .filter(({ component }) => !failed.has(componentKey(component)))
    .map(({ component, effect }) => {
      const message = successMessage(component, effect, now);
      const warning = warnings.get(componentKey(component));
      warnings.delete(componentKey(component));
      return warning ? { ...warning, created: message.created, changed: message.changed } : message;
    });
  const deleted = plan.removed.map(({ type, fullName }) =>
    successMessage({ type, fullName, fileName: 'destructiveChangesPost.xml' }, { deleted: true }, now),
  );
  const successes = [...succeeded, ...deleted, ...warnings.values()];
  const partial = failures.length > 0 && mayApply && !refused;
  const status: DeployStatus = failures.length === 0 ? 'Succeeded' : partial ? 'SucceededPartial' : 'Failed';
  return {
    ...before,
    done: true,
    status,
    success: status !== 'Failed',
    startDate: now,
    lastModifiedDate: now,
    completedDate: now,
    numberComponentErrors: failures.length,
    numberComponentsDeployed: status === 'Failed' ? 0 : successes.length,
    numberComponentsTotal: successes.length + failures.length,
    details: {
      componentSuccesses: successes,
      componentFailures: failures.map((failure) => failureMessage(failure, 'Error', now)),
      runTestResult: NO_TESTS,
    },
  };
}

function pending(world: DeployWorld, options: DeployOptions, userId: string): DeployResult {
  const now = new Date(world.org.clock.now()).toISOString();
  return {
    id: world.nextId('0Af'),
    done: false,
    status: 'Pending',
    success: false,
    checkOnly: options.checkOnly,
    rollbackOnError: options.rollbackOnError,
    ignoreWarnings: options.ignoreWarnings,
    runTestsEnabled: options.testLevel !== undefined && options.testLevel !== 'NoTestRun',
    numberComponentErrors: 0,
    numberComponentsDeployed: 0,
    numberComponentsTotal: 0,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    createdBy: userId,
    createdByName: world.userName(userId),
    createdDate: now,
    lastModifiedDate: now,
    details: { componentSuccesses: [], componentFailures: [], runTestResult: NO_TESTS },
  };
}

/** Runs a package; what makes the whole package unreadable ends as a failed deploy with its message. */
function runPackage(
  world: DeployWorld,
  zip: Uint8Array,
  before: DeployResult,
  options: DeployOptions,
  userId: string,
): DeployResult {
  try {
    return execute(world, zip, before, options, userId);
  } catch (error) {
    if (!(error instanceof OrgError) && !(error instanceof XmlError)) throw error;
    const now = new Date(world.org.clock.now()).toISOString();
    const errorStatusCode = error instanceof OrgError ? error.errorCode : 'INVALID_PACKAGE_XML';
    const ended = { done: true, status: 'Failed', lastModifiedDate: now, completedDate: now } as const;
    return { ...before, ...ended, errorMessage: error.message, errorStatusCode };
  }
}

/** The deploys of an org, over its schema and its components. */
export function createDeployments(world: DeployWorld): Deployments {
  const jobs = new Map<string, Job>();
  const jobOf = (id: string): Job => {
    const job = jobs.get(id);
    if (!job) throw new OrgError(404, 'INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: no deploy ${id}`);
    return job;
  };
  const start: Deployments['start'] = (zip, options, userId) => {
    const result = pending(world, options, userId);
    const cancelTimer = world.org.clock.after(0, () => {
      const job = jobOf(result.id);
      job.result = runPackage(world, zip, result, options, userId);
    });
    jobs.set(result.id, { zip, options, userId, cancelTimer, result });
    return result.id;
  };
  return {
    start,
    run: (zip, options, userId) => runPackage(world, zip, pending(world, options, userId), options, userId),
    startValidated(validationId, userId) {
      const job = jobOf(validationId);
      if (!job.options.checkOnly || job.result.status !== 'Succeeded') {
        throw new OrgError(400, 'INVALID_ID_FIELD', `The deploy ${validationId} is no successful validation`);
      }
      return start(job.zip, { ...job.options, checkOnly: false }, userId);
    },
    status: (id) => jobOf(id).result,
    cancel(id) {
      const job = jobOf(id);
      if (job.result.done) return false;
      job.cancelTimer();
      const now = new Date(world.org.clock.now()).toISOString();
      job.result = { ...job.result, done: true, status: 'Canceled', lastModifiedDate: now, completedDate: now };
      return true;
    },
  };
}
