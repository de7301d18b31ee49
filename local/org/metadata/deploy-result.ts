import type { Component, ComponentFailure } from './component.ts';

/** Options of a deploy as both doors bring them; absent ones are false, as the Metadata API has it. */
export interface DeployOptions {
  readonly checkOnly: boolean;
  readonly rollbackOnError: boolean;
  readonly ignoreWarnings: boolean;
  readonly testLevel: string | undefined;
  readonly runTests: readonly string[];
}

/** One line of a deploy's details, JSON-typed as REST gives it. */
export interface DeployMessage {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly success: boolean;
  readonly created: boolean;
  readonly changed: boolean;
  readonly deleted: boolean;
  readonly warning: boolean;
  readonly createdDate: string;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}

export type DeployStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceled';

/** A DeployResult of the Metadata API (Metadata API Developer Guide, "DeployResult"). */
export interface DeployResult {
  readonly id: string;
  readonly done: boolean;
  readonly status: DeployStatus;
  readonly success: boolean;
  readonly checkOnly: boolean;
  readonly rollbackOnError: boolean;
  readonly ignoreWarnings: boolean;
  readonly runTestsEnabled: boolean;
  readonly numberComponentErrors: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberTestErrors: number;
  readonly numberTestsCompleted: number;
  readonly numberTestsTotal: number;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly startDate?: string;
  readonly lastModifiedDate: string;
  readonly completedDate?: string;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly details: {
    readonly componentSuccesses: readonly DeployMessage[];
    readonly componentFailures: readonly DeployMessage[];
    readonly runTestResult: RunTestResult;
  };
}

/** A deploy to the local org runs no tests yet, so none is ever counted here. */
export interface RunTestResult {
  readonly numFailures: number;
  readonly numTestsRun: number;
  readonly totalTime: number;
}

export const NO_TESTS: RunTestResult = { numFailures: 0, numTestsRun: 0, totalTime: 0 };

/** The message of a component that was, or would be, deployed. */
export function successMessage(
  component: Pick<Component, 'type' | 'fullName' | 'fileName'>,
  effect: { readonly created?: boolean; readonly changed?: boolean; readonly deleted?: boolean },
  createdDate: string,
): DeployMessage {
  return {
    componentType: component.type,
    fullName: component.fullName,
    fileName: component.fileName,
    success: true,
    created: effect.created ?? false,
    changed: effect.changed ?? false,
    deleted: effect.deleted ?? false,
    warning: false,
    createdDate,
  };
}

/** The message of a component that failed: `changed` and `created` are false, without which sf loses its line. */
export function failureMessage(
  failure: ComponentFailure,
  kind: 'Error' | 'Warning',
  createdDate: string,
): DeployMessage {
  return {
    componentType: failure.type,
    fullName: failure.fullName,
    fileName: failure.fileName,
    success: kind === 'Warning',
    created: false,
    changed: false,
    deleted: false,
    warning: kind === 'Warning',
    createdDate,
    problem: failure.message,
    problemType: kind,
    ...(failure.line > 0 ? { lineNumber: failure.line, columnNumber: failure.column } : {}),
  };
}
