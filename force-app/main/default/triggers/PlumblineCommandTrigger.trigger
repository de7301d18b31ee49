trigger PlumblineCommandTrigger on Plumbline_Command__c(before insert, before update, after insert) {
  if (Trigger.isAfter) {
    PlumblineCommandGuard.ring(Trigger.new);
  } else if (Trigger.isInsert) {
    PlumblineCommandGuard.judgeNew(Trigger.new);
  } else {
    PlumblineCommandGuard.judgeChanged(Trigger.new, Trigger.oldMap);
  }
}
