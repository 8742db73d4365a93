-- AlterTable
ALTER TABLE "version" ADD COLUMN     "conflicting_licenses" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "multimodal" BOOLEAN;
