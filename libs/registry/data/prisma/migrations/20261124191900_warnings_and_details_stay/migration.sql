-- That a limit was crossed stays known: a warning that is gone would be given again, and a count put in force again.
DROP TRIGGER "end_user_warning_never_changes" ON "end_user_warning";
CREATE TRIGGER "end_user_warning_never_changes" BEFORE UPDATE OR DELETE ON "end_user_warning" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "end_user_warning_is_kept" BEFORE TRUNCATE ON "end_user_warning" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What a version was registered with; the description is a note that may change.
CREATE FUNCTION "refuse_change_but_of_description"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'description' <> to_jsonb(NEW) - 'description' THEN
    RAISE EXCEPTION 'rows of % never change but in their description', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "mlflow_details_describe_only" BEFORE UPDATE ON "mlflow_details" FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_of_description"();
CREATE TRIGGER "mlflow_details_never_go" BEFORE DELETE ON "mlflow_details" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "mlflow_details_are_kept" BEFORE TRUNCATE ON "mlflow_details" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
