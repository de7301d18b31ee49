/** One metadata type that the local org holds, as `describeMetadata` tells it. */
export interface HeldType {
  readonly name: string;
  readonly directory: string;
  /** Suffix of the component's file in metadata format; absent for bundles, whose component is a folder. */
  readonly suffix?: string;
  /** The component's content is in one file, its metadata in `<file>-meta.xml`. */
  readonly metaFile?: boolean;
  /** The type's components lie in folders, which are components themselves: `reports/Sales/Won.report`. */
  readonly folder?: HeldType;
  /** The only components of the type that are known; the root of each one's file is its name and the type's. */
  readonly known?: readonly string[];
  /** Components inside the parent's file: `fields` of an object is a list of CustomField. */
  readonly children?: readonly { readonly name: string; readonly element: string }[];
}

/** Directories and suffixes as the Metadata API names them (Metadata API Developer Guide, "Metadata Types"). */
export const HELD_TYPES: readonly HeldType[] = [
  {
    name: 'CustomObject',
    directory: 'objects',
    suffix: 'object',
    children: [
      { name: 'CustomField', element: 'fields' },
      { name: 'ListView', element: 'listViews' },
      { name: 'ValidationRule', element: 'validationRules' },
      { name: 'RecordType', element: 'recordTypes' },
      { name: 'CompactLayout', element: 'compactLayouts' },
      { name: 'FieldSet', element: 'fieldSets' },
      { name: 'WebLink', element: 'webLinks' },
      { name: 'BusinessProcess', element: 'businessProcesses' },
      { name: 'SharingReason', element: 'sharingReasons' },
      { name: 'Index', element: 'indexes' },
    ],
  },
  {
    name: 'CustomLabels',
    directory: 'labels',
    suffix: 'labels',
    children: [{ name: 'CustomLabel', element: 'labels' }],
  },
  { name: 'Profile', directory: 'profiles', suffix: 'profile' },
  { name: 'PermissionSet', directory: 'permissionsets', suffix: 'permissionset' },
  { name: 'PermissionSetGroup', directory: 'permissionsetgroups', suffix: 'permissionsetgroup' },
  { name: 'CustomPermission', directory: 'customPermissions', suffix: 'customPermission' },
  { name: 'CustomTab', directory: 'tabs', suffix: 'tab' },
  { name: 'CustomApplication', directory: 'applications', suffix: 'app' },
  { name: 'Layout', directory: 'layouts', suffix: 'layout' },
  { name: 'FlexiPage', directory: 'flexipages', suffix: 'flexipage' },
  { name: 'QuickAction', directory: 'quickActions', suffix: 'quickAction' },
  { name: 'GlobalValueSet', directory: 'globalValueSets', suffix: 'globalValueSet' },
  { name: 'StandardValueSet', directory: 'standardValueSets', suffix: 'standardValueSet' },
  {
    name: 'MatchingRules',
    directory: 'matchingRules',
    suffix: 'matchingRule',
    children: [{ name: 'MatchingRule', element: 'matchingRules' }],
  },
  { name: 'Role', directory: 'roles', suffix: 'role' },
  { name: 'Group', directory: 'groups', suffix: 'group' },
  { name: 'Queue', directory: 'queues', suffix: 'queue' },
  {
    name: 'SharingRules',
    directory: 'sharingRules',
    suffix: 'sharingRules',
    children: [
      { name: 'SharingOwnerRule', element: 'sharingOwnerRules' },
      { name: 'SharingCriteriaRule', element: 'sharingCriteriaRules' },
    ],
  },
  { name: 'DuplicateRule', directory: 'duplicateRules', suffix: 'duplicateRule' },
  { name: 'CustomMetadata', directory: 'customMetadata', suffix: 'md' },
  { name: 'ReportType', directory: 'reportTypes', suffix: 'reportType' },
  {
    name: 'Report',
    directory: 'reports',
    suffix: 'report',
    folder: { name: 'ReportFolder', directory: 'reports', suffix: 'reportFolder' },
  },
  {
    name: 'Dashboard',
    directory: 'dashboards',
    suffix: 'dashboard',
    folder: { name: 'DashboardFolder', directory: 'dashboards', suffix: 'dashboardFolder' },
  },
  { name: 'Flow', directory: 'flows', suffix: 'flow' },
  {
    name: 'Workflow',
    directory: 'workflows',
    suffix: 'workflow',
    children: [
      { name: 'WorkflowAlert', element: 'alerts' },
      { name: 'WorkflowFieldUpdate', element: 'fieldUpdates' },
      { name: 'WorkflowOutboundMessage', element: 'outboundMessages' },
      { name: 'WorkflowRule', element: 'rules' },
      { name: 'WorkflowTask', element: 'tasks' },
    ],
  },
  { name: 'ApprovalProcess', directory: 'approvalProcesses', suffix: 'approvalProcess' },
  { name: 'Settings', directory: 'settings', suffix: 'settings', known: ['OauthOidc'] },
  { name: 'LightningMessageChannel', directory: 'messageChannels', suffix: 'messageChannel' },
  { name: 'CustomNotificationType', directory: 'notificationtypes', suffix: 'notiftype' },
  { name: 'PlatformEventChannel', directory: 'platformEventChannels', suffix: 'platformEventChannel' },
  {
    name: 'PlatformEventChannelMember',
    directory: 'platformEventChannelMembers',
    suffix: 'platformEventChannelMember',
  },
  { name: 'ManagedEventSubscription', directory: 'managedEventSubscriptions', suffix: 'managedEventSubscription' },
  { name: 'ExternalClientApplication', directory: 'externalClientApps', suffix: 'eca' },
  { name: 'ExtlClntAppOauthSettings', directory: 'extlClntAppOauthSettings', suffix: 'ecaOauth' },
  { name: 'ExtlClntAppGlobalOauthSettings', directory: 'extlClntAppGlobalOauthSets', suffix: 'ecaGlblOauth' },
  { name: 'ExtlClntAppConfigurablePolicies', directory: 'extlClntAppPolicies', suffix: 'ecaPlcy' },
  { name: 'ExtlClntAppOauthConfigurablePolicies', directory: 'extlClntAppOauthPolicies', suffix: 'ecaOauthPlcy' },
  { name: 'RemoteSiteSetting', directory: 'remoteSiteSettings', suffix: 'remoteSite' },
  { name: 'CspTrustedSite', directory: 'cspTrustedSites', suffix: 'cspTrustedSite' },
  { name: 'ApexClass', directory: 'classes', suffix: 'cls', metaFile: true },
  { name: 'ApexTrigger', directory: 'triggers', suffix: 'trigger', metaFile: true },
  { name: 'StaticResource', directory: 'staticresources', suffix: 'resource', metaFile: true },
  { name: 'LightningComponentBundle', directory: 'lwc' },
];

/** The root element of a component's file, and the name of its type in the published schema. */
export function rootOf(type: HeldType, fullName: string): string {
  return type.known === undefined ? type.name : `${fullName}${type.name}`;
}

/** The held type of that API name, undefined when the local org does not hold it. */
export function heldType(name: string): HeldType | undefined {
  return HELD_TYPES.flatMap((type) => [type, ...(type.folder ? [type.folder] : [])]).find((type) => type.name === name);
}

/** Types whose components a package.xml lists under that name: folders are listed with what they hold. */
export function typesListedAs(name: string): readonly string[] {
  const folder = heldType(name)?.folder;
  return folder === undefined ? [name] : [name, folder.name];
}

/** The name under which a package.xml lists components of a type: `Report` for a ReportFolder. */
export function listedAs(name: string): string {
  return HELD_TYPES.find(({ folder }) => folder?.name === name)?.name ?? name;
}

/** The parent type and element of a child type: `CustomField` → `CustomObject`, `fields`. */
export function parentOfChild(name: string): { readonly parent: HeldType; readonly element: string } | undefined {
  for (const parent of HELD_TYPES) {
    const child = parent.children?.find((candidate) => candidate.name === name);
    if (child) return { parent, element: child.element };
  }
  return undefined;
}
