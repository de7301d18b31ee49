import type { Component, ComponentFailure } from '../component.ts';
import { externalClientPart, permissionSet, permissionSetGroup, profile } from './access.ts';
import { dashboard, report, reportType } from './analytics.ts';
import { automation } from './automation.ts';
import { bundle } from './bundle.ts';
import { apexClass, trigger } from './code.ts';
import { channelMember, customMetadata, formula } from './data.ts';
import { flow } from './flow.ts';
import type { Complaint, Known } from './known.ts';
import { customApplication, customTab, flexiPage, insideObject, layout, quickAction } from './pages.ts';
import { queue, role, sharingRule } from './sharing.ts';

export { withoutEffect } from './automation.ts';
export type { Known } from './known.ts';

const CHECKS: Readonly<Record<string, (component: Component, known: Known) => Generator<Complaint>>> = {
  PermissionSet: permissionSet,
  PermissionSetGroup: permissionSetGroup,
  Profile: profile,
  ExtlClntAppOauthSettings: externalClientPart,
  ExtlClntAppGlobalOauthSettings: externalClientPart,
  ExtlClntAppConfigurablePolicies: externalClientPart,
  ExtlClntAppOauthConfigurablePolicies: externalClientPart,
  Role: role,
  Queue: queue,
  SharingOwnerRule: sharingRule,
  SharingCriteriaRule: sharingRule,
  CustomTab: customTab,
  CustomApplication: customApplication,
  Layout: layout,
  FlexiPage: flexiPage,
  QuickAction: quickAction,
  ReportType: reportType,
  Report: report,
  Dashboard: dashboard,
  Flow: flow,
  Workflow: automation,
  WorkflowAlert: automation,
  WorkflowFieldUpdate: automation,
  WorkflowOutboundMessage: automation,
  WorkflowRule: automation,
  WorkflowTask: automation,
  ApprovalProcess: automation,
  PlatformEventChannelMember: channelMember,
  LightningComponentBundle: bundle,
  ApexClass: apexClass,
  ApexTrigger: trigger,
  ListView: insideObject,
  CompactLayout: insideObject,
  CustomField: formula,
  ValidationRule: formula,
  CustomMetadata: customMetadata,
};

/** The references of a component to what neither the org nor the deploy has, and mistakes in its content. */
export function checkReferences(component: Component, known: Known): readonly ComponentFailure[] {
  const check = CHECKS[component.type];
  if (!check) return [];
  return [...check(component, known)].map(({ at, message }) => ({
    type: component.type,
    fullName: component.fullName,
    fileName: component.fileName,
    line: at?.line ?? component.line,
    column: at?.column ?? component.column,
    message,
  }));
}
