import { test } from "vitest";
import { unknownTag as rule } from "../../../../server/src/rules/dockerfile/unknown-tag.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a variant that is nearly one", () => {
  reports(rule)`
    FROM python:3.14-slm-trixi
                         ^^^^^ unknown-tag: trixi is no variant of python; did you mean trixie?
    FROM golang:1.27-apline3.24
                     ^^^^^^ unknown-tag
    FROM debian:bookwrom-slim
                ^^^^^^^^ unknown-tag
  `;
});

test("not a variant that there is, a number, a name of someone else's, or something far from all", () => {
  reports(rule)`
    FROM node:24-alpine3.24
    FROM node:99.1-trixie-slim
    FROM golang:1.27rc1-bookworm
    FROM php:8.5-fpm-alpine
    FROM eclipse-temurin:21-jre-ubi9-minimal
    FROM maven:3-amazoncorretto-21-debian-trixie
    FROM mongo:8.0-noble
    FROM redis:8-extra
    FROM ubuntu:resolute
    FROM example.com/node:24-apline
    FROM bitnami/node:24-apline
    FROM unknown:24-apline
    FROM scratch AS node
    FROM node:krypton
  `;
});

test("writes the one that is near", () => {
  fixes(rule, "unsafe")`
    FROM node:24-apline AS build
    ->
    FROM node:24-alpine AS build
  `;
});
