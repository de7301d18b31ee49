import type { FunctionCompiler } from './call.ts';
import { changeFunctions } from './changes.ts';
import { dateFunctions } from './dates.ts';
import { logicFunctions } from './logic.ts';
import { numberFunctions } from './numbers.ts';
import { textFunctions } from './text.ts';

/** Every function that the local org evaluates, by its name in capitals. */
export const functions: ReadonlyMap<string, FunctionCompiler> = new Map(
  [logicFunctions, textFunctions, numberFunctions, dateFunctions, changeFunctions].flatMap((part) =>
    Object.entries(part),
  ),
);

/** Not allowed in formula fields (Salesforce Help, "Formula Functions"). */
export const rulesOnly: ReadonlySet<string> = new Set(['ISNEW', 'ISCHANGED', 'PRIORVALUE', 'REGEX']);

/** Functions that an org has and the local org does not. */
export const unheldFunctions: ReadonlySet<string> = new Set(
  `ACOS ADDMONTHS ASCII ASIN ATAN ATAN2 BR CHR COS CURRENCYRATE DAYOFYEAR DISTANCE EXP FORMATDURATION FROMUNIXTIME
  GEOLOCATION GETRECORDIDS GETSESSIONID HOUR HTMLENCODE HYPERLINK IMAGE IMAGEPROXYURL INITCAP ISCLONE ISOWEEK ISOYEAR
  JSENCODE JSINHTMLENCODE JUNCTIONIDLIST LINKTO LN LOG LPAD MILLISECOND MINUTE PARENTGROUPVAL PI PICKLISTCOUNT
  PREDICT PREVGROUPVAL REQUIRESCRIPT REVERSE RPAD SECOND SIN SQRT TAN TIMENOW TIMEVALUE TRUNC UNIXTIMESTAMP URLENCODE
  URLFOR VLOOKUP WEEKDAY`.split(/\s+/),
);
