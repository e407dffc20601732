import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { goVersionTooOld as rule } from "../../../../server/src/rules/dockerfile/go-version-too-old.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

const context = contextOf({
  "go.mod": "module example.com/api\n\ngo 1.23\n",
  "exact/go.mod": "module example.com/exact\n\ngo 1.23.4\n",
  "Cargo.toml": '[package]\nname = "api"\nrust-version = "1.80"\n',
  "pyproject.toml": '[project]\nrequires-python = ">=3.12"\n',
  "package.json": '{ "engines": { "npm": ">=9", "node": ">=22" } }',
});

test("Go: the version in go.mod is a minimum", () => {
  reports(rule, { context })`
    FROM golang:1.22.5 AS base
         ^^^^^^^^^^^^^ go-version-too-old: go.mod asks for Go 1.23, and this is 1.22.5.
    WORKDIR /src
    COPY go.mod go.sum ./
    FROM base
    RUN go mod download
  `;
  reports(rule, { context })`
    ARG GO_VERSION=1.22
    FROM golang:\${GO_VERSION}-alpine
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ go-version-too-old
    WORKDIR /src
    COPY . .
    RUN go build ./...
  `;
  reports(rule, { context })`
    FROM golang:1.23.3
         ^^^^^^^^^^^^^ go-version-too-old
    WORKDIR /src
    COPY exact .
    RUN go build ./...
  `;
});

test("other languages, by how they refuse", () => {
  const severities = [
    problemsOf(rule, { context })`
      FROM golang:1.20
      WORKDIR /src
      COPY . .
      RUN go build ./...
    `,
    problemsOf(rule, { context })`
      FROM golang:1.20
      WORKDIR /src
      COPY exact/ .
      RUN go build ./...
    `,
    problemsOf(rule, { context })`
      FROM rust:1.75-slim
      WORKDIR /src
      COPY . .
      RUN cargo build --release
    `,
    problemsOf(rule, { context })`
      FROM python:3.11
      WORKDIR /src
      COPY . .
      RUN pip install --no-cache-dir .
    `,
    problemsOf(rule, { context })`
      FROM node:20-alpine
      WORKDIR /src
      COPY package*.json package.json ./
      RUN npm ci
    `,
    problemsOf(rule, { context })`
      FROM node:20-alpine
      WORKDIR /src
      COPY package.json ./
      RUN npm ci
    `,
  ].map((it) => it.map((one) => one.severity).join());
  expect(severities).toEqual(["warning", "error", "error", "error", "warning", "warning"]);
});

test("the manifests of more languages", () => {
  const messageOf = (files: Record<string, string>, fixture: string) =>
    checkDockerfile(modelOf(fixture, { context: contextOf(files) }), { rules: [rule] })
      .map((it) => it.message)
      .join();
  const found = [
    messageOf(
      { "Cargo.toml": '[package]\nname = "a"\nedition = "2024"\n' },
      "FROM rust:1.80\nWORKDIR /a\nCOPY Cargo.toml ./\nRUN cargo build",
    ),
    messageOf(
      { "pyproject.toml": '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.12"\n' },
      "FROM python:3.11-slim\nWORKDIR /a\nCOPY pyproject.toml poetry.lock* ./\nRUN poetry install --no-root",
    ),
    messageOf(
      { "pyproject.toml": '[project]\nrequires-python = ">=3.12,<4"\n' },
      "FROM python:3.11-slim\nWORKDIR /a\nCOPY pyproject.toml ./\nRUN uv sync --frozen",
    ),
    messageOf(
      { Gemfile: 'source "https://rubygems.org"\nruby "3.3.0"\n' },
      "FROM ruby:3.1-slim\nWORKDIR /a\nCOPY Gemfile* ./\nRUN bundle install",
    ),
    messageOf(
      { "composer.json": '{ "require": { "php": "^8.2" } }' },
      "FROM php:8.1-fpm\nWORKDIR /a\nCOPY . .\nRUN composer install --no-dev",
    ),
    messageOf(
      { "Api.csproj": "<TargetFramework>net8.0</TargetFramework>" },
      "FROM mcr.microsoft.com/dotnet/sdk:6.0\nWORKDIR /a\nCOPY *.csproj ./\nRUN dotnet restore",
    ),
    messageOf(
      { "pom.xml": "<maven.compiler.release>21</maven.compiler.release>" },
      "FROM maven:3.9-eclipse-temurin-17-alpine\nWORKDIR /a\nCOPY pom.xml .\nRUN mvn -B package",
    ),
  ];
  expect(found).toEqual([
    "Cargo.toml asks for Rust 1.85, and this is 1.80.",
    "pyproject.toml asks for Python 3.12, and this is 3.11.",
    "pyproject.toml asks for Python 3.12, and this is 3.11.",
    "Gemfile asks for Ruby 3.3.0, and this is 3.1.",
    "composer.json asks for PHP 8.2, and this is 8.1.",
    "Api.csproj asks for .NET 8.0, and this is 6.0.",
    "pom.xml asks for Java 21, and this is 17.",
  ]);
});

test("a Java of the same vendor", () => {
  fixes(rule, "unsafe", "", {
    context: contextOf({ "pom.xml": "<maven.compiler.release>21</maven.compiler.release>" }),
  })`
    FROM maven:3.9-eclipse-temurin-17-alpine
    WORKDIR /src
    COPY pom.xml ./
    RUN mvn -B package
    ->
    FROM maven:3.9-eclipse-temurin-21-alpine
    WORKDIR /src
    COPY pom.xml ./
    RUN mvn -B package
  `;
});

test("not where Composer has a platform of its own, or several releases are named", () => {
  reports(rule, {
    context: contextOf({
      "composer.json": '{ "require": { "php": "^8.2" }, "config": { "platform": { "php": "8.1" } } }',
      "pom.xml": "<maven.compiler.source>21</maven.compiler.source><release>11</release>",
    }),
  })`
    FROM php:8.1
    WORKDIR /a
    COPY . .
    RUN composer install
    FROM maven:3.9-eclipse-temurin-17
    WORKDIR /a
    COPY . .
    RUN mvn package
  `;
});

test("not where it is new enough, moves, is brought, or not known", () => {
  reports(rule, { context })`
    FROM golang:1.23-alpine AS a
    WORKDIR /src
    COPY exact .
    RUN go build ./...
    FROM golang:1 AS b
    WORKDIR /src
    COPY . .
    RUN go build ./...
    FROM golang:1.22 AS c
    ENV GOTOOLCHAIN=auto
    WORKDIR /src
    COPY . .
    RUN go build ./...
    FROM golang:1.22 AS d
    WORKDIR /src
    COPY . .
    RUN GOTOOLCHAIN=go1.23.0 go build ./...
    FROM golang:1.22 AS e
    RUN go install example.com/tool@latest
    FROM golang:1.22 AS f
    WORKDIR /src
    COPY . .
    RUN cd other && go build ./...
    RUN gofmt -l .
    FROM rust:1.70 AS g
    WORKDIR /src
    COPY . .
    RUN rustup default stable && cargo build
    FROM python:3.11 AS h
    WORKDIR /src
    COPY . .
    RUN pip install -r requirements.txt
    FROM registry.example.com/golang:1.20
    WORKDIR /src
    COPY . .
    RUN go build ./...
  `;
  reports(rule)`
    FROM golang:1.20
    WORKDIR /src
    COPY . .
    RUN go build ./...
  `;
});

test("the version that is asked for, in the same variant", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM golang:1.22-alpine3.18 AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    ->
    FROM golang:1.23-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
  `;
});
