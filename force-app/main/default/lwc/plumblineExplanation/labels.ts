import empty from '@salesforce/label/c.Plumbline_Screen_Empty';
import exchange from '@salesforce/label/c.Plumbline_Screen_Explanation_Exchange';
import fieldColumn from '@salesforce/label/c.Plumbline_Screen_Explanation_FieldColumn';
import fieldsTitle from '@salesforce/label/c.Plumbline_Screen_Explanation_FieldsTitle';
import hiddenFields from '@salesforce/label/c.Plumbline_Screen_HiddenFields';
import lastSync from '@salesforce/label/c.Plumbline_Screen_LastSync';
import lastTime from '@salesforce/label/c.Plumbline_Screen_Explanation_LastTime';
import never from '@salesforce/label/c.Plumbline_Screen_Never';
import notShown from '@salesforce/label/c.Plumbline_Screen_NotShown';
import replacedColumn from '@salesforce/label/c.Plumbline_Screen_Explanation_ReplacedColumn';
import salesforce from '@salesforce/label/c.Plumbline_Screen_Salesforce';
import systemColumn from '@salesforce/label/c.Plumbline_Screen_Explanation_SystemColumn';
import unread from '@salesforce/label/c.Plumbline_Screen_Explanation_Unread';
import valueColumn from '@salesforce/label/c.Plumbline_Screen_Explanation_ValueColumn';
import waiting from '@salesforce/label/c.Plumbline_Screen_Explanation_Waiting';
import whenColumn from '@salesforce/label/c.Plumbline_Screen_Explanation_WhenColumn';

/** The words of this component. */
export const labels = {
  empty,
  exchange,
  fieldColumn,
  fieldsTitle,
  hiddenFields,
  lastSync,
  lastTime,
  never,
  notShown,
  replacedColumn,
  salesforce,
  systemColumn,
  unread,
  valueColumn,
  waiting,
  whenColumn,
};
