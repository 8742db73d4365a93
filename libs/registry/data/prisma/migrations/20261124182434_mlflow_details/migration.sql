-- CreateTable
CREATE TABLE "mlflow_details" (
    "model_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "source" TEXT,
    "run_id" TEXT,
    "run_link" TEXT,
    "description" TEXT,

    CONSTRAINT "mlflow_details_pkey" PRIMARY KEY ("model_name","version")
);

-- CreateIndex
CREATE INDEX "mlflow_details_run_id_idx" ON "mlflow_details"("run_id");

-- AddForeignKey
ALTER TABLE "mlflow_details" ADD CONSTRAINT "mlflow_details_model_name_version_fkey" FOREIGN KEY ("model_name", "version") REFERENCES "version"("model_name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
