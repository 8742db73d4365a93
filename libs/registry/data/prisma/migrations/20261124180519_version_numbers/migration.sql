ALTER TABLE "version" ADD COLUMN "number" INTEGER NOT NULL DEFAULT 0;

-- Versions that are there already are counted in the order in which they came; nothing else of them changes.
ALTER TABLE "version" DISABLE TRIGGER "version_never_changes";
UPDATE "version" SET "number" = counted."number"
FROM (SELECT "id", row_number() OVER (PARTITION BY "model_name" ORDER BY "id") AS "number" FROM "version") counted
WHERE counted."id" = "version"."id";
ALTER TABLE "version" ENABLE TRIGGER "version_never_changes";

CREATE UNIQUE INDEX "version_model_name_number_key" ON "version" ("model_name", "number" DESC);

-- Who registers a version need not know of numbers: changes of the registry come one at a time, so the count has no gaps and no rivals.
CREATE FUNCTION "number_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT coalesce(max("number"), 0) + 1 INTO NEW."number" FROM "version" WHERE "model_name" = NEW."model_name";
  RETURN NEW;
END
$$;
CREATE TRIGGER "version_is_numbered" BEFORE INSERT ON "version" FOR EACH ROW EXECUTE FUNCTION "number_version"();
