import { callOrg } from '../platform/http.ts';

export interface FieldInfo {
  readonly apiName: string;
  readonly label: string;
  readonly dataType: string;
  readonly required: boolean;
  readonly updateable: boolean;
  readonly createable: boolean;
  readonly length: number;
  readonly relationshipName: string | null;
  readonly referenceToInfos: readonly { readonly apiName: string; readonly nameFields: readonly string[] }[];
}

export interface ObjectInfo {
  readonly apiName: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly defaultRecordTypeId: string;
  readonly nameFields: readonly string[];
  readonly fields: Readonly<Record<string, FieldInfo>>;
}

export function objectInfo(objectName: string): Promise<ObjectInfo> {
  return callOrg('GET', `/ui-api/object-info/${objectName}`);
}

export async function objectLabels(objectName: string): Promise<Pick<ObjectInfo, 'labelPlural' | 'createable'>> {
  const { labelPlural, createable } = await objectInfo(objectName);
  return { labelPlural, createable };
}

export interface LayoutItem {
  readonly label: string;
  readonly editableForNew: boolean;
  readonly editableForUpdate: boolean;
  readonly required: boolean;
  readonly layoutComponents: readonly { readonly apiName: string }[];
}

export interface Section {
  readonly heading: string;
  readonly layoutRows: readonly { readonly layoutItems: readonly LayoutItem[] }[];
}

export async function layoutSections(objectName: string): Promise<readonly Section[]> {
  const layout = await callOrg<{ sections: readonly Section[] }>('GET', `/ui-api/layout/${objectName}?layoutType=Full`);
  return layout.sections;
}

export function itemsOf(section: Section): readonly LayoutItem[] {
  return section.layoutRows.flatMap(({ layoutItems }) => layoutItems);
}
